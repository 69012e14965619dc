package djbdns.dnscache.resolve;

/**
 * True if the resolver's thread keeps up with its work, and how much of their budget questions in
 * progress may hold therefore. A thread that has more to do than it can keeps everybody waiting,
 * also those who ask for little; with a smaller budget the greediest clients lose questions before
 * they cost more.
 *
 * <p>The thread is behind if everything that happened within some time was late (as in RFC 8289): a
 * burst or a pause makes only some of it late. Belongs to one thread.
 */
final class Load {
  /** The whole budget, in the units of {@link #allowed}. */
  static final int WHOLE = 64;

  /** The least that is left of it. */
  static final int LEAST = 4;

  private static final long INTERVAL_NS = 100_000_000;
  private static final long LATE_NS = 3_000_000;

  /** Of one happening alone it cannot be told whether it was a pause that made it late. */
  private static final int FEWEST = 2;

  private int allowed = WHOLE;
  private long intervalEndNs;
  private int happenings;
  private long leastLateNs;

  Load(long nowNs) {
    startInterval(nowNs);
  }

  private void startInterval(long nowNs) {
    intervalEndNs = nowNs + INTERVAL_NS;
    happenings = 0;
    leastLateNs = Long.MAX_VALUE;
  }

  /** It is so late now. While nothing at all is due, there is no load. */
  void pass(long nowNs) {
    long intervals = (nowNs - intervalEndNs) / INTERVAL_NS;
    if (happenings == 0 && intervals > 0) {
      allowed = (int) Math.min(WHOLE, allowed + 2 * intervals);
      startInterval(nowNs);
    }
  }

  /** Something has happened now that was due a while ago. */
  void happened(long dueNs, long nowNs) {
    pass(nowNs);
    happenings++;
    leastLateNs = Math.min(leastLateNs, nowNs - dueNs);
    if (happenings >= FEWEST && nowNs - intervalEndNs >= 0) {
      boolean behind = leastLateNs > LATE_NS;
      // Down fast and up slowly, so that it settles where the thread just keeps up.
      int next = behind ? allowed - allowed / 4 : allowed + 2;
      allowed = Math.clamp(next, LEAST, WHOLE);
      startInterval(nowNs);
    }
  }

  /** The part of the budget that may be held: {@link #LEAST} to {@link #WHOLE}. */
  int allowed() {
    return allowed;
  }
}
