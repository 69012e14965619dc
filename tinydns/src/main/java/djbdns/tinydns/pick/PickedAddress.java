package djbdns.tinydns.pick;

import djbdns.wire.Name;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * An address of a name, for the clients in a location.
 *
 * @param location two bytes, 0 for everyone who has none of their own
 * @param name lower-case
 * @param address IPv4, the first byte high
 */
record PickedAddress(int location, Name name, int address) {
  /** The order of pickdns-data.c; 0 for addresses of the same name and location. */
  static final Comparator<PickedAddress> ORDER =
      Comparator.comparingInt(PickedAddress::location)
          .thenComparingInt(picked -> picked.name().length())
          .thenComparing(picked -> picked.name().toWire(), Arrays::compareUnsigned);

  /**
   * Sorts by {@link #ORDER}. Addresses that are equal in it end up where the original's heap puts
   * them, since their order is seen in the database: each root's place is first moved down to a
   * leaf along the bigger children, the right one of two equals, then up again as far as needed.
   */
  static void sort(List<PickedAddress> all) {
    for (int root = all.size() / 2; root >= 1; root--) {
      sink(all, root, all.size(), at(all, root));
    }
    for (int size = all.size() - 1; size >= 1; size--) {
      PickedAddress last = at(all, size + 1);
      put(all, size + 1, at(all, 1));
      sink(all, 1, size, last);
    }
  }

  /** Places count from 1, so that the children of i are 2i and 2i + 1. */
  private static PickedAddress at(List<PickedAddress> all, int place) {
    return all.get(place - 1);
  }

  private static void put(List<PickedAddress> all, int place, PickedAddress picked) {
    all.set(place - 1, picked);
  }

  private static void sink(List<PickedAddress> all, int root, int size, PickedAddress picked) {
    int place = root;
    for (int child = 2 * place; child <= size; child = 2 * place) {
      boolean right = child < size && ORDER.compare(at(all, child + 1), at(all, child)) >= 0;
      int bigger = right ? child + 1 : child;
      put(all, place, at(all, bigger));
      place = bigger;
    }
    while (place > root && ORDER.compare(picked, at(all, place / 2)) > 0) {
      put(all, place, at(all, place / 2));
      place /= 2;
    }
    put(all, place, picked);
  }
}
