package djbdns.tools.trace;

import java.util.concurrent.TimeUnit;

/**
 * Bounds how often something is done: so many times at once, and so many times a second after that.
 * Belongs to one thread.
 */
public final class Pace {
  private final long intervalNs;
  private final long burstNs;

  /** The time of the next one if they came evenly; a burst runs ahead of it. */
  private long dueNs;

  /**
   * @param perSecond 1 to 1,000,000
   * @param burst at least 1
   * @param nowNs a monotonic clock
   */
  public Pace(int perSecond, int burst, long nowNs) {
    intervalNs = TimeUnit.SECONDS.toNanos(1) / perSecond;
    burstNs = intervalNs * (burst - 1);
    dueNs = nowNs - burstNs;
  }

  /** The earliest moment for the next one; may have passed. */
  public long nextNs() {
    return dueNs;
  }

  /** One is done now. */
  public void spend(long nowNs) {
    long earliestNs = nowNs - burstNs;
    dueNs = (dueNs - earliestNs > 0 ? dueNs : earliestNs) + intervalNs;
  }
}
