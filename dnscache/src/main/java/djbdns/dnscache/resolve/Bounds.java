package djbdns.dnscache.resolve;

/**
 * Those of the {@link ResolverLimits} that keep attackers from having the resolver work for them.
 * There is no other choice than {@link #STANDARD} but in tests, which show what each is there for.
 */
record Bounds(
    int packetsPerQuery,
    int packetsPerFetch,
    int serverLookupsPerQuery,
    int serverLookupsPerDelegation,
    int waiters,
    int waitersPerClient,
    int nearMisses,
    int aliases,
    int fetchesPerZone) {
  static final Bounds STANDARD =
      new Bounds(
          ResolverLimits.PACKETS_PER_QUERY,
          ResolverLimits.PACKETS_PER_FETCH,
          ResolverLimits.GLUELESS_LOOKUPS_PER_QUERY,
          ResolverLimits.GLUELESS_LOOKUPS_PER_DELEGATION,
          ResolverLimits.WAITERS,
          ResolverLimits.WAITERS_PER_CLIENT,
          ResolverLimits.NEAR_MISSES,
          ResolverLimits.ALIASES,
          ResolverLimits.FETCHES_PER_ZONE);
}
