package djbdns.dnscache.upstream;

import djbdns.client.ServerAddress;
import djbdns.client.Transport;
import djbdns.dnscache.resolve.Upstream;
import djbdns.server.ServiceLoop;
import java.util.random.RandomGenerator;

/**
 * The network on one event loop; every method is for its thread. A packet over UDP costs a socket
 * and eight system calls, a packet over TCP a connection.
 */
public final class NettyUpstream implements Upstream {
  /** On the heap, for those who wait for a socket: about 3,000. */
  private static final long WAITING_BYTES = 3L << 20;

  /** On the heap, for messages that come over TCP: 64 of the longest, which are rare. */
  private static final long GATHERED_BYTES = 4L << 20;

  private final ServiceLoop loop;
  private final UpstreamConfig config;
  private final LocalAddresses localAddresses;
  private final PacketBuffers buffers = new PacketBuffers();
  private final SocketGate gate;
  private final GatheringBudget gathering = new GatheringBudget(GATHERED_BYTES);

  /**
   * Opens nothing yet.
   *
   * @param random for ports; cryptographically strong, and used on the loop's thread alone
   */
  public NettyUpstream(ServiceLoop loop, UpstreamConfig config, RandomGenerator random) {
    this.loop = loop;
    this.config = config;
    localAddresses = new LocalAddresses(config, random);
    gate = new SocketGate(config.maxSockets(), WAITING_BYTES);
  }

  @Override
  public Exchange send(
      Transport transport,
      ServerAddress server,
      byte[] query,
      int queryLength,
      Cause cause,
      Receiver receiver) {
    if (!loop.isCurrent()) {
      throw new IllegalStateException("send() outside of its event loop's thread");
    }
    SocketExchange exchange =
        switch (transport) {
          case UDP -> new UdpExchange(loop, gate, localAddresses, buffers, server, cause, receiver);
          case TCP ->
              new TcpExchange(loop, gate, localAddresses, gathering, server, cause, receiver);
        };
    if (!isUsable(server)) {
      exchange.failLater(SendFailure.UNREACHABLE);
    } else {
      exchange.enter(query, queryLength);
    }
    return exchange;
  }

  /** An IPv6 address that maps an IPv4 one (RFC 4291, 2.5.5.2) belongs on no wire. */
  private boolean isUsable(ServerAddress server) {
    if (!server.isIpv6()) {
      return config.useIpv4();
    }
    return config.useIpv6() && server.toSocketAddress().getAddress().getAddress().length == 16;
  }

  /** Bytes held now of messages over TCP that are not whole yet. */
  long gatheredBytes() {
    return gathering.bytes();
  }

  /** Sockets open now. */
  public int openSockets() {
    return gate.open();
  }
}
