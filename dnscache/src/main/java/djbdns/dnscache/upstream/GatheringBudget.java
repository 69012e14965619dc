package djbdns.dnscache.upstream;

import java.util.HashMap;
import java.util.Map;

/**
 * Bounds what all exchanges over TCP together hold of messages that are not whole yet. Where there
 * is no more room, who holds the most loses it. For the loop's thread.
 */
final class GatheringBudget {
  /** A holder of bytes. */
  @FunctionalInterface
  interface Holder {
    /** Lets go of everything. Calls nobody back now. */
    void lose();
  }

  private final long maxBytes;

  /** The holders, ranked by bytes. */
  private final Map<Holder, Ranking.Place<Holder>> held = new HashMap<>();

  private final Ranking<Holder> ranking = new Ranking<>();
  private long total;

  GatheringBudget(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** True if that holder may hold so many bytes more; others may have lost theirs for it. */
  boolean grow(Holder holder, int moreBytes) {
    Ranking.Place<Holder> place = held.get(holder);
    long wanted = (place == null ? 0 : place.rank()) + moreBytes;
    while (total + moreBytes > maxBytes) {
      if (ranking.isEmpty() || ranking.highest().rank() <= wanted) {
        return false;
      }
      Holder loser = ranking.highest().item();
      release(loser);
      loser.lose();
    }
    total += moreBytes;
    ranking.put(held.computeIfAbsent(holder, Ranking.Place::new), wanted);
    return true;
  }

  /** A holder holds nothing any more. */
  void release(Holder holder) {
    Ranking.Place<Holder> place = held.remove(holder);
    if (place != null) {
      total -= place.rank();
      ranking.remove(place);
    }
  }

  long bytes() {
    return total;
  }
}
