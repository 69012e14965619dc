package djbdns.tinydns.lookup;

/**
 * TAI64 labels as djb computes them: 2^62 + 10 + seconds of the Unix epoch, without a table of leap
 * seconds (tai.h). Compared as unsigned numbers.
 */
public final class Tai64 {
  private static final long UNIX_EPOCH = (1L << 62) + 10;

  private Tai64() {}

  /** The label of a time of {@link System#currentTimeMillis}. */
  public static long ofUnixMillis(long millis) {
    return UNIX_EPOCH + Math.floorDiv(millis, 1000L);
  }
}
