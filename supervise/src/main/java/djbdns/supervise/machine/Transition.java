package djbdns.supervise.machine;

import java.util.List;

/** The result of an event: the actions, in order, and the state after them. */
public record Transition(ServiceState next, List<Action> actions) {
  public Transition {
    actions = List.copyOf(actions);
  }

  static Transition to(ServiceState next, Action... actions) {
    return new Transition(next, List.of(actions));
  }
}
