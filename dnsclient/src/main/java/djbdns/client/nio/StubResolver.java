package djbdns.client.nio;

import djbdns.client.Failure;
import djbdns.client.Query;
import djbdns.client.ResolvConf;
import djbdns.client.ServerAddress;
import djbdns.client.Settings;
import djbdns.client.Step;
import djbdns.client.Transmit;
import djbdns.client.Transport;
import java.io.IOException;
import java.net.SocketException;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Asks servers and waits for the reply: {@link Transmit} on sockets. Immutable; for use by any
 * thread, which blocks until the query has ended.
 */
public final class StubResolver {
  private final Settings settings;
  private final RandomGenerator random;
  private final Transport first;

  /**
   * A resolver.
   *
   * @param random must be unpredictable and safe for every thread that asks: {@link KernelRandom},
   *     {@link java.security.SecureRandom}
   * @param first {@link Transport#UDP}, or TCP to ask so at once
   */
  public StubResolver(Settings settings, RandomGenerator random, Transport first) {
    this.settings = settings;
    this.random = random;
    this.first = first;
  }

  /** Asks the caches of this host, as {@link ResolvConf} finds them. */
  public Step.End ask(Query query) {
    try {
      return ask(query, ResolvConf.servers(settings));
    } catch (IOException e) {
      return new Step.Failed(new Failure.Io(e));
    }
  }

  /** Asks these servers. */
  public Step.End ask(Query query, List<ServerAddress> servers) {
    Transmit transmit = new Transmit(query, servers, first, random);
    try {
      Step step = transmit.start(System.nanoTime());
      while (step instanceof Step.Attempt attempt) {
        step =
            switch (attempt.transport()) {
              case UDP -> UdpExchange.run(transmit, attempt, random);
              case TCP -> TcpExchange.run(transmit, attempt, random);
            };
      }
      return (Step.End) step;
    } catch (IOException e) {
      return new Step.Failed(new Failure.Io(e));
    } catch (UnsupportedOperationException e) {
      return new Step.Failed(new Failure.Io(noSuchFamily(e)));
    }
  }

  /** What the kernel says where the JDK finds out first: a host without IPv6. */
  private static IOException noSuchFamily(UnsupportedOperationException e) {
    return new SocketException("Address family not supported by protocol", e);
  }
}
