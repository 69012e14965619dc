package djbdns.dnscache.resolve;

import djbdns.dnscache.cache.ShardedCache;
import djbdns.dnscache.resolve.policy.ConfiguredZones;
import djbdns.dnscache.resolve.policy.ResolverConfig;
import java.util.random.RandomGenerator;

/** Resolvers without the bounds that ours has. */
public final class Weakened {
  private static final int MANY = 1_000_000;
  private static final long MANY_BYTES = Long.MAX_VALUE;
  private static final Bounds NONE =
      new Bounds(
          MANY,
          MANY,
          MANY,
          MANY,
          new Shares.Most(MANY, MANY, MANY_BYTES, MANY_BYTES),
          MANY,
          MANY,
          MANY);

  private Weakened() {}

  /** A resolver that works for whoever asks, for as long as it takes. */
  public static Resolver unbounded(
      ConfiguredZones zones,
      ShardedCache cache,
      Upstream upstream,
      RandomGenerator random,
      TimeSource time,
      ResolverLog log) {
    return new Resolver(ResolverConfig.standard(), zones, cache, upstream, random, time, log, NONE);
  }
}
