package djbdns.dnscache;

import djbdns.dnscache.resolve.TimeSource;
import java.util.concurrent.TimeUnit;

/** The machine's clocks. */
record SystemTime() implements TimeSource {
  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public long unixSeconds() {
    return TimeUnit.MILLISECONDS.toSeconds(System.currentTimeMillis());
  }
}
