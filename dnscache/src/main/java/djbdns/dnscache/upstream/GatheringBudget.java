package djbdns.dnscache.upstream;

import java.util.HashMap;
import java.util.Map;

/**
 * Bounds what all exchanges over TCP together hold of messages that are not whole yet. Where there
 * is no more room, who holds the most loses it. For the loop's thread.
 */
final class GatheringBudget {
  /** Who holds something. */
  @FunctionalInterface
  interface Holder {
    /** Lets go of everything. Calls nobody back now. */
    void lose();
  }

  private final long maxBytes;
  private final Map<Holder, Long> held = new HashMap<>();
  private final Ranking<Holder> ranking = new Ranking<>();
  private long total;

  GatheringBudget(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** Whether that holder may hold so many bytes more; others may have lost theirs for it. */
  boolean grow(Holder holder, int moreBytes) {
    long wanted = held.getOrDefault(holder, 0L) + moreBytes;
    while (total + moreBytes > maxBytes) {
      if (ranking.isEmpty() || held.get(ranking.highest()) <= wanted) {
        return false;
      }
      Holder loser = ranking.highest();
      release(loser);
      loser.lose();
    }
    total += moreBytes;
    held.put(holder, wanted);
    ranking.put(holder, wanted);
    return true;
  }

  /** A holder holds nothing any more. */
  void release(Holder holder) {
    Long bytes = held.remove(holder);
    if (bytes != null) {
      total -= bytes;
      ranking.remove(holder);
    }
  }

  long bytes() {
    return total;
  }
}
