package djbdns.server;

import djbdns.wire.AddressText;
import djbdns.wire.Bytes;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.unix.IntegerUnixChannelOption;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The sockets of a daemon, UDP and TCP, served by its event loops. {@link #listen} binds, which may
 * need root; nothing is read before {@link #start}, so that privileges can be dropped in between.
 */
public final class DnsServer implements AutoCloseable {
  /**
   * The parts of a server.
   *
   * @param udp where to listen for packets
   * @param tcp where to listen for connections
   * @param maxTcpConnections open connections in all; beyond, the oldest of the client that has
   *     most gives way
   * @param maxTcpPerClient open connections of one IPv4 address or IPv6 network of 64 bits; beyond,
   *     its oldest gives way
   * @param tcpIdleTimeoutMs longest time from one complete query to the next
   * @param warnings gets what has run out, without the program's name; from any thread
   */
  public record Config(
      List<InetSocketAddress> udp,
      List<InetSocketAddress> tcp,
      int maxTcpConnections,
      int maxTcpPerClient,
      int tcpIdleTimeoutMs,
      Consumer<String> warnings) {}

  /** Longer UDP queries are cut short. */
  private static final int UDP_QUERY_BYTES = 2048;

  /** Packets read at a time. */
  private static final int UDP_BATCH = 32;

  /** Kernel's room for packets that wait while a batch is answered. */
  private static final int UDP_RECEIVE_BUFFER_BYTES = 1 << 20;

  private static final int TCP_BACKLOG = 128;

  /** Read from a TCP connection at a time. */
  private static final int TCP_READ_BYTES = 4096;

  /** Bytes that all TCP connections together may hold, received or not yet read by clients. */
  private static final long TCP_BYTES = 8L << 20;

  /** In addition, until connections that have to go for it are closed. */
  private static final long TCP_RESERVE_BYTES = 2L << 20;

  /** Bytes of responses that wait until the kernel takes them, in all UDP sockets together. */
  private static final int UDP_UNSENT_BYTES = 2 << 20;

  /** Of these, what one socket has at least: the longest response but few. */
  private static final int MIN_UNSENT_BYTES = 4096;

  /** And at most: a batch. */
  private static final int MAX_UNSENT_BYTES = 65_536;

  /**
   * linux/in.h: nothing that an ICMP packet says of the path's MTU counts, and routers may fragment
   * (RFC 9715, 3.1 and A.2).
   */
  private static final int PMTUDISC_OMIT = 5;

  private static final ChannelOption<Integer> IP_MTU_DISCOVER =
      new IntegerUnixChannelOption("IP_MTU_DISCOVER", 0, 10);
  private static final ChannelOption<Integer> IPV6_MTU_DISCOVER =
      new IntegerUnixChannelOption("IPV6_MTU_DISCOVER", 41, 23);

  /** linux/in6.h: an IPv6 socket leaves IPv4 to the IPv4 socket beside it. */
  private static final ChannelOption<Integer> IPV6_V6ONLY =
      new IntegerUnixChannelOption("IPV6_V6ONLY", 41, 26);

  private final List<ServiceLoop> loops;
  private final List<Channel> listening = new ArrayList<>();
  private final Config config;
  private final Shortages shortages;
  private final TcpConnections connections;

  private DnsServer(Config config, List<ServiceLoop> loops) {
    this.config = config;
    shortages = new Shortages(config.warnings(), System::nanoTime);
    TcpBytes bytes = new TcpBytes(TCP_BYTES, TCP_RESERVE_BYTES);
    connections = new TcpConnections(config.maxTcpConnections(), config.maxTcpPerClient(), bytes);
    this.loops = List.copyOf(loops);
  }

  /**
   * Binds all sockets, a set of them on each loop.
   *
   * @param loops 1 or more; they go on when the server is closed
   * @param responders makes the responder of a loop
   * @throws ListenException if an address cannot be had; no socket is left open then
   */
  public static DnsServer listen(
      Config config,
      List<ServiceLoop> loops,
      Function<? super ServiceLoop, ? extends Responder> responders)
      throws ListenException {
    DnsServer server = new DnsServer(config, loops);
    try {
      if (loops.size() > 1) {
        server.checkExclusive();
      }
      for (ServiceLoop loop : loops) {
        server.listenOn(loop, responders.apply(loop));
      }
      return server;
    } catch (ListenException e) {
      server.close();
      throw e;
    }
  }

  /** SO_REUSEPORT would let a second server of the same user share the port unnoticed. */
  private void checkExclusive() throws ListenException {
    ServiceLoop loop = loops.getFirst();
    for (InetSocketAddress address : config.udp()) {
      ChannelHandler none = new ChannelInboundHandlerAdapter();
      ChannelFuture bound = udp(loop, none, address, false).bind(address);
      await("UDP socket", address, bound).close().syncUninterruptibly();
    }
    for (InetSocketAddress address : config.tcp()) {
      ChannelHandler none = new ChannelInboundHandlerAdapter();
      ChannelFuture bound = tcp(loop, none, address, false).bind(address);
      await("TCP socket", address, bound).close().syncUninterruptibly();
    }
  }

  private void listenOn(ServiceLoop loop, Responder responder) throws ListenException {
    Exchange exchange = new Exchange(responder);
    boolean shared = loops.size() > 1;
    ChannelHandler connection = connectionHandler(exchange);
    for (InetSocketAddress address : config.udp()) {
      ChannelHandler packets = new UdpHandler(exchange, shortages);
      ChannelFuture udp = udp(loop, packets, address, shared).bind(address);
      listening.add(await("UDP socket", address, udp));
    }
    for (InetSocketAddress address : config.tcp()) {
      ChannelFuture tcp = tcp(loop, connection, address, shared).bind(address);
      listening.add(await("TCP socket", address, tcp));
    }
  }

  private static Channel await(String socket, InetSocketAddress address, ChannelFuture bound)
      throws ListenException {
    bound.awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new ListenException(socket, text(address), bound.cause());
    }
    return bound.channel();
  }

  private static String text(InetSocketAddress address) {
    String ip = AddressText.of(Bytes.of(address.getAddress().getAddress()));
    return (isIpv6(address) ? "[" + ip + "]" : ip) + ":" + address.getPort();
  }

  private static boolean isIpv6(InetSocketAddress address) {
    return address.getAddress() instanceof Inet6Address;
  }

  private Bootstrap udp(
      ServiceLoop loop, ChannelHandler handler, InetSocketAddress address, boolean shared) {
    boolean ipv6 = isIpv6(address);
    SocketProtocolFamily family = ipv6 ? SocketProtocolFamily.INET6 : SocketProtocolFamily.INET;
    Bootstrap bootstrap =
        new Bootstrap()
            .group(loop.netty())
            .option(ChannelOption.ALLOCATOR, loop.allocator())
            .option(ChannelOption.WRITE_BUFFER_WATER_MARK, unsentUdp())
            .channelFactory(() -> new EpollDatagramChannel(family))
            .option(ChannelOption.AUTO_READ, false)
            .option(ChannelOption.SO_RCVBUF, UDP_RECEIVE_BUFFER_BYTES)
            .option(EpollChannelOption.SO_REUSEPORT, shared)
            .option(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, UDP_QUERY_BYTES)
            .option(
                ChannelOption.RECVBUF_ALLOCATOR,
                new FixedRecvByteBufAllocator(UDP_QUERY_BYTES * UDP_BATCH))
            .handler(handler);
    return ipv6
        ? bootstrap.option(IPV6_V6ONLY, 1).option(IPV6_MTU_DISCOVER, PMTUDISC_OMIT)
        : bootstrap.option(IP_MTU_DISCOVER, PMTUDISC_OMIT);
  }

  private WriteBufferWaterMark unsentUdp() {
    int sockets = Math.max(1, loops.size() * config.udp().size());
    int most = Math.clamp(UDP_UNSENT_BYTES / sockets, MIN_UNSENT_BYTES, MAX_UNSENT_BYTES);
    return new WriteBufferWaterMark(most / 2, most);
  }

  private ChannelHandler connectionHandler(Exchange exchange) {
    return new ChannelInitializer<Channel>() {
      @Override
      protected void initChannel(Channel channel) {
        channel
            .pipeline()
            .addLast(new TcpHandler(exchange, connections, shortages, config.tcpIdleTimeoutMs()));
      }
    };
  }

  private ServerBootstrap tcp(
      ServiceLoop loop, ChannelHandler connection, InetSocketAddress address, boolean shared) {
    boolean ipv6 = isIpv6(address);
    SocketProtocolFamily family = ipv6 ? SocketProtocolFamily.INET6 : SocketProtocolFamily.INET;
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(loop.netty(), loop.netty())
            .option(ChannelOption.ALLOCATOR, loop.allocator())
            .channelFactory(() -> new EpollServerSocketChannel(family))
            .option(ChannelOption.AUTO_READ, false)
            .option(ChannelOption.SO_REUSEADDR, true)
            .option(ChannelOption.SO_BACKLOG, TCP_BACKLOG)
            .option(EpollChannelOption.SO_REUSEPORT, shared)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .childOption(ChannelOption.ALLOCATOR, loop.allocator())
            .childOption(
                ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(TCP_READ_BYTES))
            .handler(new Acceptor(shortages))
            .childHandler(connection);
    return ipv6 ? bootstrap.option(IPV6_V6ONLY, 1) : bootstrap;
  }

  /** Allows fewer connections than configured, where there are not files enough. */
  public void limitTcpConnections(int connectionsAtOnce) {
    connections.limitTo(connectionsAtOnce);
  }

  /** Bytes that all TCP connections hold now. */
  long heldTcpBytes() {
    return connections.bytes().bytes();
  }

  /** Lets packets in. */
  public void start() {
    for (Channel channel : listening) {
      channel.config().setAutoRead(true);
    }
  }

  /** Closes the sockets. */
  @Override
  public void close() {
    for (Channel channel : listening) {
      channel.close().syncUninterruptibly();
    }
  }
}
