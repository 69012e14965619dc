package djbdns.dnscache.sim;

/** What runs came to, for the curious. */
final class Tally {
  private long questions;
  private long failures;
  private long mustAnswer;
  private long mayAnswer;
  private long unlucky;
  private long packets;
  private long mostPackets;
  private long longestMs;

  /** Counts a question that is over. */
  synchronized void count(boolean failed, boolean must, boolean may, long waitedMs) {
    questions++;
    failures += failed ? 1 : 0;
    mustAnswer += must ? 1 : 0;
    mayAnswer += may ? 1 : 0;
    unlucky += may && failed ? 1 : 0;
    longestMs = Math.max(longestMs, waitedMs);
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
        + " that had to be answered, "
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
