package djbdns.tools.hostile;

import java.util.concurrent.TimeUnit;

/** So many a second, from the first time it is asked; what was missed is not made up for. */
final class Pace {
  private static final int MAX_BURST = 50;

  private final double perNano;
  private long lastNanos;
  private double owed;

  Pace(double perSecond) {
    perNano = perSecond / TimeUnit.SECONDS.toNanos(1);
  }

  /** How many are due now. */
  int due(long nowNanos) {
    if (lastNanos != 0) {
      owed = Math.min(MAX_BURST, owed + (nowNanos - lastNanos) * perNano);
    }
    lastNanos = nowNanos;
    int due = (int) owed;
    owed -= due;
    return due;
  }
}
