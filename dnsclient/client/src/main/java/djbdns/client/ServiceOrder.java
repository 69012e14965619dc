package djbdns.client;

import djbdns.wire.rdata.Srv;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;

/** The order in which to try the servers of a service (RFC 2782, "Usage rules"). */
final class ServiceOrder {
  private ServiceOrder() {}

  static List<Srv> of(List<Srv> servers, RandomGenerator random) {
    List<Srv> left = new ArrayList<>(servers);
    Collections.shuffle(left, random);
    // Those of weight 0 come first, so that they have a small chance as well.
    left.sort(
        Comparator.comparingInt(Srv::priority)
            .thenComparing(server -> server.weight() == 0, Comparator.reverseOrder()));
    List<Srv> order = new ArrayList<>();
    while (!left.isEmpty()) {
      order.add(left.remove(choose(left, random)));
    }
    return order;
  }

  /** The index of one among those of the best priority, with a chance by its weight. */
  private static int choose(List<Srv> sorted, RandomGenerator random) {
    int priority = sorted.getFirst().priority();
    int weights = 0;
    int count = 0;
    while (count < sorted.size() && sorted.get(count).priority() == priority) {
      weights += sorted.get(count).weight();
      count++;
    }
    int chosen = random.nextInt(weights + 1);
    int index = 0;
    int reached = sorted.getFirst().weight();
    while (reached < chosen) {
      index++;
      reached += sorted.get(index).weight();
    }
    return index;
  }
}
