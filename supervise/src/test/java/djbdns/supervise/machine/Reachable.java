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
    for (Want want : Want.values()) {
      queue.add(ServiceMachine.start(ServiceState.initial(want)).next());
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
