package djbdns.dnscache.resolve.servers;

import static java.util.concurrent.TimeUnit.HOURS;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;

/**
 * The history of one server: how long its replies take (Jacobson and Karels, as in RFC 6298, 2),
 * how often in a row none came, and what it cannot do. All times are nanoseconds of one monotonic
 * clock.
 *
 * <p>A server that nothing is known of is taken to reply within 376 ms, as Unbound does. What is
 * known ages: after {@link #STALE_NS} without news a server counts as unknown again.
 */
final class ServerHistory {
  static final long MIN_TIMEOUT_NS = MILLISECONDS.toNanos(150);
  static final long MAX_TIMEOUT_NS = SECONDS.toNanos(3);
  static final long UNKNOWN_VARIANCE_NS = MILLISECONDS.toNanos(94);

  /** The time for which a measurement counts. */
  static final long STALE_NS = MINUTES.toNanos(5);

  /** Timeouts in a row after which a server is only probed. */
  static final int PROBE_AFTER = 3;

  /** Time from one probe to the next: doubled for each that fails, up to the longest. */
  static final long PROBE_NS = SECONDS.toNanos(5);

  static final long MAX_PROBE_NS = MINUTES.toNanos(4);

  /** The time for which it is remembered that a server cannot do something. */
  static final long NOTE_NS = HOURS.toNanos(1);

  /** Questions that only got an answer in small letters, of a server that kept others before. */
  private static final int SILENCES_THAT_PROVE = 2;

  private static final int MAX_DOUBLINGS = 16;

  private long roundTripNs;
  private long varianceNs = UNKNOWN_VARIANCE_NS;
  private boolean measured;
  private long repliedAtNs;
  private int timeouts;
  private long newsAtNs;
  private long probeAtNs;
  private boolean lacksEdns;
  private long lacksEdnsUntilNs;
  private boolean lacksLetterCase;
  private long lacksLetterCaseUntilNs;
  private boolean keepsLetterCase;
  private int smallLettersInARow;

  ServerHistory(long nowNs) {
    newsAtNs = nowNs;
  }

  void replied(long sampleNs, long nowNs) {
    long sample = Math.max(0, sampleNs);
    if (measured) {
      varianceNs += (Math.abs(roundTripNs - sample) - varianceNs) / 4;
      roundTripNs += (sample - roundTripNs) / 8;
    } else {
      roundTripNs = sample;
      varianceNs = sample / 2;
      measured = true;
    }
    timeouts = 0;
    newsAtNs = nowNs;
    repliedAtNs = nowNs;
  }

  /**
   * No reply has come to a packet. A server that has said something else meanwhile is silent about
   * that question, and not dead.
   */
  void timedOut(long sentNs, long nowNs) {
    if (measured && repliedAtNs - sentNs >= 0) {
      return;
    }
    timeouts++;
    newsAtNs = nowNs;
    probeAtNs = nowNs + probeIntervalNs();
  }

  /** As good as several timeouts: asking again at once would be in vain. */
  void unreachable(long nowNs) {
    timeouts = Math.max(timeouts, PROBE_AFTER - 1);
    timedOut(nowNs, nowNs);
  }

  private long probeIntervalNs() {
    int doublings = Math.min(Math.max(0, timeouts - PROBE_AFTER), MAX_DOUBLINGS);
    return Math.min(PROBE_NS << doublings, MAX_PROBE_NS);
  }

  /** True if the server has been silent so often that it is only probed. */
  boolean isSilent() {
    return timeouts >= PROBE_AFTER;
  }

  /** True if a silent server may be asked, to see whether it is back. */
  boolean isProbeDue(long nowNs) {
    return nowNs - probeAtNs >= 0;
  }

  /** Takes this turn to probe, so that nobody else does. */
  void probe(long nowNs) {
    probeAtNs = nowNs + probeIntervalNs();
  }

  /** The time that a reply may take: a round trip and four times its variance. */
  long timeoutNs() {
    long timeoutNs = clamp(roundTripNs + 4 * varianceNs);
    return clamp(timeoutNs << Math.min(timeouts, MAX_DOUBLINGS));
  }

  /**
   * The round trip to expect of the server by now: that of an unknown one where the last is too
   * old.
   */
  long expectedNs(long nowNs) {
    return nowNs - newsAtNs >= STALE_NS || isSilent() ? unknownTimeoutNs() : timeoutNs();
  }

  static long unknownTimeoutNs() {
    return clamp(4 * UNKNOWN_VARIANCE_NS);
  }

  private static long clamp(long ns) {
    return Math.max(MIN_TIMEOUT_NS, Math.min(ns, MAX_TIMEOUT_NS));
  }

  void noteWithoutEdns(long nowNs) {
    lacksEdns = true;
    lacksEdnsUntilNs = nowNs + NOTE_NS;
  }

  boolean withoutEdns(long nowNs) {
    return lacksEdns && nowNs - lacksEdnsUntilNs < 0;
  }

  /** As {@link ServerTable#noteSmallLetters}. */
  void noteSmallLetters(boolean proved, long nowNs) {
    smallLettersInARow++;
    if (proved || smallLettersInARow >= (keepsLetterCase ? SILENCES_THAT_PROVE : 1)) {
      lacksLetterCase = true;
      lacksLetterCaseUntilNs = nowNs + NOTE_NS;
    }
  }

  boolean withoutLetterCase(long nowNs) {
    return lacksLetterCase && nowNs - lacksLetterCaseUntilNs < 0;
  }

  /** The server has repeated random letters of a question as they were (0x20). */
  void noteLetterCase() {
    keepsLetterCase = true;
    smallLettersInARow = 0;
    lacksLetterCase = false;
  }

  /** Smoothed; 0 where no reply has come yet. */
  long roundTripNs() {
    return roundTripNs;
  }

  /** Timeouts since the last reply. */
  int timeouts() {
    return timeouts;
  }
}
