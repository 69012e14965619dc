package djbdns.dnscache.upstream;

import djbdns.client.ServerAddress;
import djbdns.dnscache.resolve.Upstream.Receiver;
import djbdns.dnscache.resolve.Upstream.SendFailure;
import djbdns.server.ServiceLoop;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import java.util.Arrays;
import java.util.Optional;

/** A TCP connection for one query and its response. */
final class TcpExchange extends SocketExchange {
  private final ServiceLoop loop;
  private final LocalAddresses localAddresses;
  private final ServerAddress server;
  private Optional<Channel> channel = Optional.empty();
  private boolean freed;

  TcpExchange(
      ServiceLoop loop,
      SocketGate gate,
      LocalAddresses localAddresses,
      ServerAddress server,
      Receiver receiver) {
    super(loop, gate, receiver);
    this.loop = loop;
    this.localAddresses = localAddresses;
    this.server = server;
  }

  @Override
  Optional<SendFailure> open(byte[] query, int queryLength) {
    return connect(Arrays.copyOf(query, queryLength), 0);
  }

  /** Makes the channel itself: Netty reports one that cannot be made on a thread of its own. */
  private Optional<SendFailure> connect(byte[] query, int attempt) {
    EpollSocketChannel opened;
    try {
      opened =
          new EpollSocketChannel(
              server.isIpv6() ? SocketProtocolFamily.INET6 : SocketProtocolFamily.INET);
    } catch (ChannelException e) {
      return Optional.of(SocketErrors.failureOf(e));
    }
    channel = Optional.of(opened);
    new Bootstrap()
        .group(loop.netty())
        .channelFactory(() -> opened)
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0)
        .option(ChannelOption.TCP_NODELAY, true)
        .handler(new TcpMessageHandler(query, this))
        .connect(server.toSocketAddress(), localAddresses.next(server.isIpv6(), attempt))
        .addListener((ChannelFutureListener) future -> connected(future, query, attempt));
    return Optional.empty();
  }

  private void connected(ChannelFuture future, byte[] query, int attempt) {
    if (freed || future.isSuccess()) {
      return;
    }
    future.channel().close();
    if (SocketErrors.isPortTaken(future.cause()) && attempt < LocalAddresses.TRIES) {
      connect(query, attempt + 1).ifPresent(this::failLater);
    } else {
      // The future may have failed before the sender could return.
      failLater(SocketErrors.failureOf(future.cause()));
    }
  }

  @Override
  void free() {
    freed = true;
    channel.ifPresent(Channel::close);
  }
}
