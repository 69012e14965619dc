package djbdns.dnscache.resolve.policy;

import djbdns.client.ServerAddress;
import java.util.Set;

/**
 * The settings of the resolver that the environment decides.
 *
 * @param forwardOnly {@code $FORWARDONLY}: all configured zones are caches, whatever their mode
 * @param useIpv4 whether this host may ask IPv4 servers
 * @param useIpv6 whether this host may ask IPv6 servers
 * @param askPrivateServers whether servers at private addresses are asked that no file names
 * @param privateAnswers whether private addresses may be in answers that no configured zone below
 *     the root gives (DNS rebinding)
 * @param minTtlSeconds shortest life of cached data, 0 to 3600
 * @param maxTtlSeconds longest life of cached data, 1 to 604800
 * @param minimise whether servers are told no more of a name than they need (RFC 9156)
 * @param ownAddresses where this cache listens; never asked
 */
public record ResolverConfig(
    boolean forwardOnly,
    boolean useIpv4,
    boolean useIpv6,
    boolean askPrivateServers,
    boolean privateAnswers,
    int minTtlSeconds,
    int maxTtlSeconds,
    boolean minimise,
    Set<ServerAddress> ownAddresses) {
  public ResolverConfig {
    ownAddresses = Set.copyOf(ownAddresses);
  }

  /** True if this host may ask a server of the address's family. */
  public boolean uses(ServerAddress server) {
    return server.isIpv6() ? useIpv6 : useIpv4;
  }

  /** As the original behaves, with IPv6. */
  public static ResolverConfig standard() {
    return new ResolverConfig(
        false, true, true, true, true, 0, ResolverLimits.MAX_TTL_SECONDS, true, Set.of());
  }
}
