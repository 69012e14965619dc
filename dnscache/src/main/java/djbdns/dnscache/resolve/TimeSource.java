package djbdns.dnscache.resolve;

/** The two clocks of the resolver. */
public interface TimeSource {
  /** A monotonic clock with an arbitrary origin, for timeouts: see {@link System#nanoTime}. */
  long nanoTime();

  /** The wall clock in seconds since 1970, by which the cache ages. */
  long unixSeconds();
}
