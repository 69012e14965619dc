package djbdns.supervise.machine;

import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.Queue;
import java.util.Set;

/** Every state that a supervisor can come into. */
final class Reachable {
  private Reachable() {}

  static Set<ServiceState> states() {
    Set<ServiceState> seen = new LinkedHashSet<>();
    Queue<ServiceState> queue = new ArrayDeque<>();
    for (boolean normallyUp : new boolean[] {true, false}) {
      queue.add(ServiceMachine.start(ServiceState.initial(normallyUp)).next());
    }
    while (!queue.isEmpty()) {
      ServiceState state = queue.remove();
      if (seen.add(state)) {
        for (ServiceEvent event : ServiceEvent.values()) {
          queue.add(ServiceMachine.next(state, event).next());
        }
      }
    }
    return seen;
  }
}
