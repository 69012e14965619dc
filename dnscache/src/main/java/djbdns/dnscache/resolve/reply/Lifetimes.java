package djbdns.dnscache.resolve.reply;

import djbdns.dnscache.resolve.policy.ResolverConfig;
import djbdns.dnscache.resolve.policy.ResolverLimits;

/**
 * The lifetimes of the records of a reply.
 *
 * <p>A TTL of 0 stays 0 whatever the configured minimum is: it says that the data are for the
 * question at hand and not to be kept (RFC 1035, 3.2.1).
 */
final class Lifetimes {
  private final ResolverConfig config;

  Lifetimes(ResolverConfig config) {
    this.config = config;
  }

  /**
   * When data expire.
   *
   * @param ttlSeconds as received, 0 to 2<sup>31</sup> - 1
   */
  long expiresAt(long ttlSeconds, long unixSeconds) {
    return unixSeconds + bounded(ttlSeconds);
  }

  /**
   * When a denial expires (RFC 2308, 5).
   *
   * @param ttlSeconds the smaller of the SOA record's TTL and its MINIMUM field
   */
  long denialExpiresAt(long ttlSeconds, long unixSeconds) {
    return unixSeconds + Math.min(bounded(ttlSeconds), ResolverLimits.MAX_NEGATIVE_TTL_SECONDS);
  }

  private long bounded(long ttlSeconds) {
    return ttlSeconds == 0
        ? 0
        : Math.max(config.minTtlSeconds(), Math.min(ttlSeconds, config.maxTtlSeconds()));
  }
}
