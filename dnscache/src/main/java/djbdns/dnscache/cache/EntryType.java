package djbdns.dnscache.cache;

/**
 * Under which number an entry of a name is kept: a record type, 0 to 65535, or one of the numbers
 * here, for what is not about one record type.
 */
public final class EntryType {
  /** The name's denial: {@link Kind#NXDOMAIN}. */
  public static final int NXDOMAIN = 0x10000;

  /** The servers of the name's zone: {@link Kind#DELEGATION}. */
  public static final int DELEGATION = 0x10001;

  /** The highest of these numbers. */
  static final int LAST = DELEGATION;

  private EntryType() {}
}
