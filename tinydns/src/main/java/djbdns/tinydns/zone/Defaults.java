package djbdns.tinydns.zone;

/** The numbers of 1.05 where a data line leaves one out (tinydns-data.c). */
final class Defaults {
  static final long NS_TTL_SECONDS = 259200;
  static final long POSITIVE_TTL_SECONDS = 86400;

  /** Of SOA records: how long others may remember that a name does not exist. */
  static final long NEGATIVE_TTL_SECONDS = 2560;

  static final long REFRESH_SECONDS = 16384;
  static final long RETRY_SECONDS = 2048;
  static final long EXPIRE_SECONDS = 1048576;
  static final long MINIMUM_SECONDS = 2560;
  static final long DISTANCE = 0;

  private Defaults() {}
}
