package djbdns.client.nio;

import djbdns.client.ServerAddress;
import djbdns.client.Settings;
import djbdns.client.Transport;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * How a {@link DnsClient} works. Start from {@link #ofSystem} and change what has to be different.
 *
 * @param settings the host's
 * @param servers the caches to ask instead of the host's; empty for these
 * @param random for ports, IDs and choices; must be unpredictable and safe for several threads
 * @param deadline how long a lookup may take in all, unless it is given another time
 * @param maxConcurrent queries under way at the same time, each with a socket of its own; 1 or more
 * @param transport {@link Transport#UDP}, with TCP for answers that do not fit; or TCP at once
 */
public record ClientConfig(
    Settings settings,
    List<ServerAddress> servers,
    RandomGenerator random,
    Duration deadline,
    int maxConcurrent,
    Transport transport) {
  private static final Duration DEFAULT_DEADLINE = Duration.ofSeconds(60);
  private static final int DEFAULT_MAX_CONCURRENT = 200;

  /**
   * @throws IllegalArgumentException if the deadline is not positive or nothing may be under way
   */
  public ClientConfig {
    servers = List.copyOf(servers);
    if (!deadline.isPositive() || maxConcurrent < 1) {
      throw new IllegalArgumentException("no time, or no query may be under way");
    }
  }

  /**
   * As this host is set up: a minute for a lookup, and 200 queries at the same time, as many as
   * 1.05's dnscache takes.
   */
  public static ClientConfig ofSystem() {
    return new ClientConfig(
        new SystemSettings(System.getenv()),
        List.of(),
        new KernelRandom(),
        DEFAULT_DEADLINE,
        DEFAULT_MAX_CONCURRENT,
        Transport.UDP);
  }

  /** The same with these caches. */
  public ClientConfig withServers(List<ServerAddress> servers) {
    return new ClientConfig(settings, servers, random, deadline, maxConcurrent, transport);
  }

  /** The same with another time for a lookup. */
  public ClientConfig withDeadline(Duration deadline) {
    return new ClientConfig(settings, servers, random, deadline, maxConcurrent, transport);
  }

  /** The same with another number of queries at the same time. */
  public ClientConfig withMaxConcurrent(int maxConcurrent) {
    return new ClientConfig(settings, servers, random, deadline, maxConcurrent, transport);
  }

  /** The same with another transport to begin with. */
  public ClientConfig withTransport(Transport transport) {
    return new ClientConfig(settings, servers, random, deadline, maxConcurrent, transport);
  }
}
