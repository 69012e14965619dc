package djbdns.dnscache;

import djbdns.client.ServerAddress;
import djbdns.dnscache.cache.ShardedCache;
import djbdns.dnscache.resolve.policy.ResolverConfig;
import djbdns.dnscache.resolve.policy.ResolverLimits;
import djbdns.runtime.Program;
import djbdns.runtime.ServiceEnvironment;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The settings from the environment, but for {@code $IP} and {@code $PORT}, which are needed
 * earlier.
 *
 * @param sources where queries leave this host
 * @param cacheBytes {@code $CACHESIZE} within its bounds
 * @param hideTtl {@code $HIDETTL} is set
 * @param queryLog {@code $QUERYLOG} is not 0
 * @param cacheDump {@code $CACHEDUMP}
 */
record Config(
    Sources sources,
    int cacheBytes,
    boolean hideTtl,
    boolean queryLog,
    Optional<Path> cacheDump,
    ResolverConfig resolver) {
  /** An hour: longer would hide changes that their owners announced. */
  private static final int MAX_MIN_TTL_SECONDS = 3_600;

  /**
   * {@code $IPSEND}: an address for each family, or none to let the kernel choose.
   *
   * @param useIpv4 whether IPv4 servers are asked
   * @param useIpv6 whether IPv6 servers are asked
   */
  record Sources(
      Optional<Inet4Address> ipv4, Optional<Inet6Address> ipv6, boolean useIpv4, boolean useIpv6) {
    /** {@code 0.0.0.0} alone is the original's "any", which it is for IPv6 as well. */
    static Sources of(List<InetAddress> addresses) {
      Optional<Inet4Address> ipv4 = first(addresses, Inet4Address.class);
      Optional<Inet6Address> ipv6 = first(addresses, Inet6Address.class);
      boolean any = ipv6.isEmpty() && ipv4.isPresent() && ipv4.get().isAnyLocalAddress();
      return new Sources(
          ipv4.filter(address -> !address.isAnyLocalAddress()),
          ipv6.filter(address -> !address.isAnyLocalAddress()),
          ipv4.isPresent(),
          ipv6.isPresent() || any);
    }

    private static <T extends InetAddress> Optional<T> first(
        List<InetAddress> addresses, Class<T> family) {
      return addresses.stream().filter(family::isInstance).map(family::cast).findFirst();
    }
  }

  /**
   * Reads the rest.
   *
   * @param listening where this cache listens
   * @throws djbdns.runtime.Fatal {@code $IPSEND not set}, {@code unable to parse IP address X},
   *     {@code unable to parse $CACHESIZE: X}
   */
  static Config of(
      Program program, ServiceEnvironment environment, List<InetSocketAddress> listening) {
    Sources sources = Sources.of(environment.requireAddresses("IPSEND"));
    return new Config(
        sources,
        cacheBytes(program, environment),
        environment.get("HIDETTL").isPresent(),
        environment.isOn("QUERYLOG", true),
        environment.get("CACHEDUMP").filter(file -> !file.isEmpty()).map(Path::of),
        resolver(program, environment, sources, listening));
  }

  private static ResolverConfig resolver(
      Program program,
      ServiceEnvironment environment,
      Sources sources,
      List<InetSocketAddress> listening) {
    int minTtl = number(environment, "MINTTL", 0, MAX_MIN_TTL_SECONDS);
    int maxTtl =
        environment.get("MAXTTL").isEmpty()
            ? ResolverLimits.MAX_TTL_SECONDS
            : number(environment, "MAXTTL", 1, ResolverLimits.MAX_TTL_SECONDS);
    if (minTtl > maxTtl) {
      throw program.fatal("$MINTTL is larger than $MAXTTL");
    }
    return new ResolverConfig(
        environment.get("FORWARDONLY").isPresent(),
        sources.useIpv4(),
        sources.useIpv6(),
        environment.isOn("ASKPRIVATE", true),
        environment.isOn("PRIVATEANSWERS", true),
        minTtl,
        maxTtl,
        environment.isOn("QMIN", true),
        own(listening));
  }

  private static int number(ServiceEnvironment environment, String variable, int min, int max) {
    return environment.get(variable).isEmpty()
        ? min
        : environment.requireNumber(variable, min, max);
  }

  private static Set<ServerAddress> own(List<InetSocketAddress> listening) {
    Set<ServerAddress> own = new HashSet<>();
    for (InetSocketAddress address : listening) {
      own.add(new ServerAddress(address.getAddress().getAddress(), address.getPort()));
    }
    return own;
  }

  private static int cacheBytes(Program program, ServiceEnvironment environment) {
    long wanted = environment.requireBytes("CACHESIZE");
    int possible = ShardedCache.clamp(wanted);
    if (possible != wanted) {
      program.warn("$CACHESIZE is " + wanted + " bytes: the cache has " + possible);
    }
    return possible;
  }
}
