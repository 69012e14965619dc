package djbdns.dnscache.upstream;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.random.RandomGenerator;

/**
 * Local ends of sockets: the configured address of the family, and for each an unpredictable port
 * of its own from one range for all (dns_transmit.c; RFC 5452, 9.2).
 */
final class LocalAddresses {
  /** Ports tried before the choice is left to the kernel. */
  static final int TRIES = 10;

  private static final int FIRST_PORT = 1025;
  private static final int PORTS = 65_536 - FIRST_PORT;

  private final InetAddress ipv4;
  private final InetAddress ipv6;
  private final RandomGenerator random;

  LocalAddresses(UpstreamConfig config, RandomGenerator random) {
    ipv4 = config.ipv4Source().map(InetAddress.class::cast).orElseGet(() -> any(4));
    ipv6 = config.ipv6Source().map(InetAddress.class::cast).orElseGet(() -> any(16));
    this.random = random;
  }

  private static InetAddress any(int length) {
    try {
      return InetAddress.getByAddress(new byte[length]);
    } catch (UnknownHostException e) {
      throw new AssertionError("a length of an address", e);
    }
  }

  /**
   * The address to bind.
   *
   * @param attempt from 0; from {@link #TRIES} on the kernel chooses
   */
  InetSocketAddress next(boolean isIpv6, int attempt) {
    int port = attempt < TRIES ? FIRST_PORT + random.nextInt(PORTS) : 0;
    return new InetSocketAddress(isIpv6 ? ipv6 : ipv4, port);
  }
}
