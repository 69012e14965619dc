package djbdns.supervise.machine;

import java.util.List;

/** What follows from an event: what to do, in order, and the state after that. */
public record Transition(ServiceState next, List<Action> actions) {
  public Transition {
    actions = List.copyOf(actions);
  }

  static Transition to(ServiceState next, Action... actions) {
    return new Transition(next, List.of(actions));
  }
}
