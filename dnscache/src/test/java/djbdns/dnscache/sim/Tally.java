package djbdns.dnscache.sim;

/** What runs came to, for the curious. */
final class Tally {
  private long questions;
  private long failures;
  private long mustAnswer;
  private long late;
  private long mayAnswer;
  private long unlucky;
  private long packets;
  private long mostPackets;
  private long longestMs;

  /**
   * Counts a question that is over.
   *
   * @param isLate whether it had to be answered, and time was too short
   */
  synchronized void count(
      boolean failed, boolean must, boolean isLate, boolean may, long waitedMs) {
    questions++;
    failures += failed ? 1 : 0;
    mustAnswer += must ? 1 : 0;
    late += isLate ? 1 : 0;
    mayAnswer += may ? 1 : 0;
    unlucky += may && failed ? 1 : 0;
    longestMs = Math.max(longestMs, waitedMs);
  }

  /** True if almost everything that had to be answered was, in time. */
  synchronized boolean isAlmostAlwaysInTime() {
    return late <= 2 + (mustAnswer / 10_000);
  }

  /** Counts the packets that some questions took together. */
  synchronized void countPackets(long sent, int forQuestions) {
    packets += sent;
    mostPackets = Math.max(mostPackets, sent / forQuestions);
  }

  @Override
  public synchronized String toString() {
    return questions
        + " questions, "
        + mustAnswer
        + " that had to be answered ("
        + late
        + " were late), "
        + mayAnswer
        + " that could be ("
        + unlucky
        + " were not), "
        + failures
        + " SERVFAIL, "
        + packets
        + " packets, at most "
        + mostPackets
        + " a question, longest wait "
        + longestMs
        + " ms";
  }
}
