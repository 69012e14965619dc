package djbdns.dnscache.resolve;

import djbdns.wire.Bytes;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The questions in progress of each client, and the bytes that these hold. Where there is too much
 * of either, the client that holds the most gives up its oldest question, so that a greedy client
 * takes nothing from the others (DNSBomb, and 1.05's slots). Belongs to one thread.
 */
final class Shares {
  /**
   * The limits of what may be held.
   *
   * @param questions of all clients
   * @param questionsPerClient of one
   * @param bytes of all clients
   * @param bytesPerClient of one
   */
  record Most(int questions, int questionsPerClient, long bytes, long bytesPerClient) {}

  /** A question of one client; compared by identity. */
  abstract static class Question {
    private final Bytes client;
    private long bytes;

    Question(Bytes client) {
      this.client = client;
    }

    final Bytes client() {
      return client;
    }

    /** Bytes that it is charged for. */
    final long bytes() {
      return bytes;
    }

    /** Has been taken out: there is too much. */
    abstract void dropped();
  }

  /** A client's questions, oldest first. */
  private static final class Share {
    private final long number;
    private final LinkedHashSet<Question> questions = new LinkedHashSet<>();
    private long bytes;

    private Share(long number) {
      this.number = number;
    }
  }

  private final Most most;
  private final Map<Bytes, Share> byClient = new HashMap<>();

  /** Whoever holds the most bytes is last; among equals whoever came first. */
  private final TreeSet<Share> bySize =
      new TreeSet<>(
          Comparator.<Share>comparingLong(share -> share.bytes)
              .thenComparingLong(share -> -share.number));

  private long sharesMade;
  private int count;
  private long bytes;
  private long allowedBytes;
  private long allowedBytesPerClient;

  Shares(Most most) {
    this.most = most;
    allow(1, 1);
  }

  /** Only a part of the bytes is not too much, until the next call. */
  void allow(int parts, int whole) {
    allowedBytes = most.bytes / whole * parts;
    allowedBytesPerClient = most.bytesPerClient / whole * parts;
  }

  int count() {
    return count;
  }

  /** Bytes charged in all. */
  long bytes() {
    return bytes;
  }

  /** Adds a question that holds that many bytes. */
  void add(Question question, long heldBytes) {
    Share share = byClient.computeIfAbsent(question.client, client -> new Share(sharesMade++));
    share.questions.add(question);
    count++;
    resize(share, question, heldBytes);
  }

  /** A question holds more bytes, or fewer, than before. Does nothing if it is not there. */
  void charge(Question question, long change) {
    Share share = byClient.get(question.client);
    if (share != null && share.questions.contains(question)) {
      resize(share, question, change);
    }
  }

  /** Takes a question out, if it is there. */
  void remove(Question question) {
    Share share = byClient.get(question.client);
    if (share != null && share.questions.remove(question)) {
      count--;
      resize(share, question, -question.bytes);
      if (share.questions.isEmpty()) {
        bySize.remove(share);
        byClient.remove(question.client);
      }
    }
  }

  private void resize(Share share, Question question, long change) {
    bySize.remove(share);
    question.bytes += change;
    share.bytes += change;
    bytes += change;
    bySize.add(share);
  }

  /**
   * Drops questions until there is not too much any more.
   *
   * @param client whose share has grown
   */
  void enforce(Bytes client) {
    Optional<Question> victim = excess(client);
    while (victim.isPresent()) {
      remove(victim.get());
      victim.get().dropped();
      victim = excess(client);
    }
  }

  private Optional<Question> excess(Bytes client) {
    Share share = byClient.get(client);
    if (share != null
        && (share.questions.size() > most.questionsPerClient
            || share.bytes > allowedBytesPerClient)) {
      return Optional.of(share.questions.getFirst());
    }
    return count > most.questions || bytes > allowedBytes
        ? Optional.of(bySize.last().questions.getFirst())
        : Optional.empty();
  }
}
