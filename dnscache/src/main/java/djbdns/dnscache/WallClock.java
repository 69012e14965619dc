package djbdns.dnscache;

/** The wall clock, by which the cache ages. */
@FunctionalInterface
interface WallClock {
  /** Seconds since 1970. */
  long unixSeconds();
}
