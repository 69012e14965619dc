package djbdns.dnscache.resolve;

import djbdns.wire.Bytes;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Who has how many questions in progress; {@code T} stands for a question, by its identity. Where
 * there are too many, the client with the most gives up its oldest, so that a greedy client takes
 * nothing from the others (DNSBomb, and 1.05's slots).
 */
final class Shares<T> {
  /** A client's questions, oldest first. */
  private static final class Share<T> {
    private final Bytes client;
    private final LinkedHashSet<T> questions = new LinkedHashSet<>();

    private Share(Bytes client) {
      this.client = client;
    }
  }

  private final int max;
  private final int maxPerClient;
  private final Map<Bytes, Share<T>> byClient = new HashMap<>();

  /** Shares by their size. */
  private final TreeMap<Integer, LinkedHashSet<Share<T>>> bySize = new TreeMap<>();

  private int count;

  Shares(int max, int maxPerClient) {
    this.max = max;
    this.maxPerClient = maxPerClient;
  }

  int count() {
    return count;
  }

  /** Adds a client's question; returns the one that has to go for it, taken out already. */
  Optional<T> add(Bytes client, T question) {
    Share<T> share = byClient.computeIfAbsent(client, Share::new);
    resize(share, () -> share.questions.add(question));
    count++;
    if (share.questions.size() > maxPerClient) {
      return Optional.of(removeOldest(share));
    }
    return count > max
        ? Optional.of(removeOldest(bySize.lastEntry().getValue().getFirst()))
        : Optional.empty();
  }

  /** Takes a client's question out, if it is there. */
  void remove(Bytes client, T question) {
    Share<T> share = byClient.get(client);
    if (share != null && share.questions.contains(question)) {
      remove(share, question);
    }
  }

  private void remove(Share<T> share, T question) {
    resize(share, () -> share.questions.remove(question));
    count--;
  }

  private T removeOldest(Share<T> share) {
    T oldest = share.questions.getFirst();
    remove(share, oldest);
    return oldest;
  }

  private void resize(Share<T> share, Runnable change) {
    int before = share.questions.size();
    change.run();
    int after = share.questions.size();
    if (before > 0) {
      LinkedHashSet<Share<T>> peers = bySize.get(before);
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
