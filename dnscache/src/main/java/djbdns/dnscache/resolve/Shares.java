package djbdns.dnscache.resolve;

import djbdns.wire.Bytes;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Who has how many questions in progress. Where there are too many, the client with the most gives
 * up its oldest, so that a greedy client takes nothing from the others (DNSBomb, and 1.05's slots).
 */
final class Shares {
  /** A client's questions, oldest first. */
  private static final class Share {
    private final Bytes client;
    private final LinkedHashSet<Waiting> waiting = new LinkedHashSet<>();

    private Share(Bytes client) {
      this.client = client;
    }
  }

  private final int max;
  private final int maxPerClient;
  private final Map<Bytes, Share> byClient = new HashMap<>();

  /** Shares by their size. */
  private final TreeMap<Integer, LinkedHashSet<Share>> bySize = new TreeMap<>();

  private int count;

  Shares(int max, int maxPerClient) {
    this.max = max;
    this.maxPerClient = maxPerClient;
  }

  int count() {
    return count;
  }

  /** Adds a question; returns the one that has to go for it, taken out already. */
  Optional<Waiting> add(Waiting added) {
    Share share = byClient.computeIfAbsent(added.waiter().client(), Share::new);
    resize(share, () -> share.waiting.add(added));
    count++;
    if (share.waiting.size() > maxPerClient) {
      return Optional.of(removeOldest(share));
    }
    return count > max
        ? Optional.of(removeOldest(bySize.lastEntry().getValue().getFirst()))
        : Optional.empty();
  }

  void remove(Waiting waiting) {
    Share share = byClient.get(waiting.waiter().client());
    if (share != null && share.waiting.contains(waiting)) {
      resize(share, () -> share.waiting.remove(waiting));
      count--;
    }
  }

  private Waiting removeOldest(Share share) {
    Iterator<Waiting> oldestFirst = share.waiting.iterator();
    Waiting oldest = oldestFirst.next();
    remove(oldest);
    return oldest;
  }

  private void resize(Share share, Runnable change) {
    int before = share.waiting.size();
    change.run();
    int after = share.waiting.size();
    if (before > 0) {
      LinkedHashSet<Share> peers = bySize.get(before);
      peers.remove(share);
      if (peers.isEmpty()) {
        bySize.remove(before);
      }
    }
    if (after > 0) {
      bySize.computeIfAbsent(after, size -> new LinkedHashSet<>()).add(share);
    } else {
      byClient.remove(share.client);
    }
  }
}
