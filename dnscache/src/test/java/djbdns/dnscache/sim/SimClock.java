package djbdns.dnscache.sim;

import djbdns.dnscache.resolve.TimeSource;

/** A clock that stands still until somebody moves it forward. */
public final class SimClock implements TimeSource {
  public static final long NS_PER_MS = 1_000_000L;
  public static final long NS_PER_SECOND = 1_000_000_000L;
  private static final long START_UNIX_SECONDS = 1_800_000_000L;

  private long nowNs;

  @Override
  public long nanoTime() {
    return nowNs;
  }

  @Override
  public long unixSeconds() {
    return START_UNIX_SECONDS + nowNs / NS_PER_SECOND;
  }

  /** Moves the clock forward. */
  public void moveTo(long newNowNs) {
    if (newNowNs < nowNs) {
      throw new IllegalArgumentException("time does not run backwards");
    }
    nowNs = newNowNs;
  }
}
