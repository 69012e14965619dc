package djbdns.dnscache.upstream;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.TreeMap;

/**
 * Things in the order of a number that each has; of those with the same number, who got it first
 * comes first. Every method takes logarithmic time. Belongs to one thread.
 */
final class Ranking<T> {
  private final Map<T, Long> ranks = new HashMap<>();
  private final TreeMap<Long, LinkedHashSet<T>> byRank = new TreeMap<>();

  /** Gives an item a number; behind its equals, unless it has that number already. */
  void put(T item, long rank) {
    Long before = ranks.put(item, rank);
    if (before != null && before == rank) {
      return;
    }
    if (before != null) {
      takeOut(item, before);
    }
    byRank.computeIfAbsent(rank, any -> new LinkedHashSet<>()).add(item);
  }

  /** Forgets an item; does nothing if it is not there. */
  void remove(T item) {
    if (!ranks.isEmpty()) {
      Long before = ranks.remove(item);
      if (before != null) {
        takeOut(item, before);
      }
    }
  }

  private void takeOut(T item, long rank) {
    LinkedHashSet<T> peers = byRank.get(rank);
    peers.remove(item);
    if (peers.isEmpty()) {
      byRank.remove(rank);
    }
  }

  boolean isEmpty() {
    return ranks.isEmpty();
  }

  /** The first of those with the least number; there must be one. */
  T lowest() {
    return byRank.firstEntry().getValue().getFirst();
  }

  /** The first of those with the greatest number; there must be one. */
  T highest() {
    return byRank.lastEntry().getValue().getFirst();
  }
}
