package djbdns.dnscache.resolve;

import djbdns.dnscache.resolve.policy.ResolverLimits;

/**
 * Those of the {@link ResolverLimits} that keep attackers from having the resolver work for them.
 * There is no other choice than {@link #STANDARD} but in tests, which show what each is there for.
 */
record Bounds(
    int packetsPerQuery,
    int packetsPerFetch,
    int serverLookupsPerQuery,
    int serverLookupsPerDelegation,
    Shares.Most shares,
    int nearMisses,
    int aliases,
    int fetchesPerZone) {
  static final Bounds STANDARD =
      new Bounds(
          ResolverLimits.PACKETS_PER_QUERY,
          ResolverLimits.PACKETS_PER_FETCH,
          ResolverLimits.SERVER_LOOKUPS_PER_QUERY,
          ResolverLimits.SERVER_LOOKUPS_PER_DELEGATION,
          new Shares.Most(
              ResolverLimits.WAITERS,
              ResolverLimits.WAITERS_PER_CLIENT,
              ResolverLimits.QUESTIONS_BYTES,
              ResolverLimits.QUESTIONS_BYTES_PER_CLIENT),
          ResolverLimits.NEAR_MISSES,
          ResolverLimits.ALIASES,
          ResolverLimits.FETCHES_PER_ZONE);
}
