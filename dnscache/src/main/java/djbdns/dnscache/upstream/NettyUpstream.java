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
  /** Exchanges that wait for a socket, of each transport. */
  private static final int MAX_WAITING = 10_000;

  /** Each may hold a message of 64 KiB. */
  private static final int MAX_TCP = 256;

  private final ServiceLoop loop;
  private final UpstreamConfig config;
  private final LocalAddresses localAddresses;
  private final PacketBuffers buffers = new PacketBuffers();
  private final SocketGate udpGate;
  private final SocketGate tcpGate;

  /**
   * Opens nothing yet.
   *
   * @param random for ports; cryptographically strong, and used on the loop's thread alone
   */
  public NettyUpstream(ServiceLoop loop, UpstreamConfig config, RandomGenerator random) {
    this.loop = loop;
    this.config = config;
    localAddresses = new LocalAddresses(config, random);
    int tcp = Math.min(MAX_TCP, Math.ceilDiv(config.maxSockets(), 4));
    udpGate = new SocketGate(Math.max(1, config.maxSockets() - tcp), MAX_WAITING);
    tcpGate = new SocketGate(tcp, MAX_WAITING);
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
          case UDP -> new UdpExchange(loop, udpGate, localAddresses, buffers, server, receiver);
          case TCP -> new TcpExchange(loop, tcpGate, localAddresses, server, receiver);
        };
    if (!isUsable(server)) {
      exchange.failLater(SendFailure.UNREACHABLE);
    } else {
      SocketGate gate = transport == Transport.UDP ? udpGate : tcpGate;
      gate.enter(exchange, query, queryLength);
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

  /** Sockets open now. */
  public int openSockets() {
    return udpGate.open() + tcpGate.open();
  }
}
