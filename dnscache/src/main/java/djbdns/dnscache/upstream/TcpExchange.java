package djbdns.dnscache.upstream;

import djbdns.client.ServerAddress;
import djbdns.dnscache.resolve.Upstream.Cause;
import djbdns.dnscache.resolve.Upstream.Receiver;
import djbdns.dnscache.resolve.Upstream.SendFailure;
import djbdns.server.ServiceLoop;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import java.util.Arrays;
import java.util.Optional;

/** A TCP connection for one query and its response. */
final class TcpExchange extends SocketExchange {
  /** Read at a time; most answers come in one piece. */
  private static final int READ_BYTES = 8192;

  private final GatheringBudget budget;
  private final GatheringBudget.Holder holder = this::lose;
  private final GatheredMessage message = new GatheredMessage(this::mayHold);
  private final ServiceLoop loop;
  private final LocalAddresses localAddresses;
  private final ServerAddress server;
  private Optional<Channel> channel = Optional.empty();
  private boolean freed;

  TcpExchange(
      ServiceLoop loop,
      SocketGate gate,
      LocalAddresses localAddresses,
      GatheringBudget budget,
      ServerAddress server,
      Cause cause,
      Receiver receiver) {
    super(loop, gate, cause, receiver);
    this.budget = budget;
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
        .option(ChannelOption.ALLOCATOR, loop.allocator())
        .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(READ_BYTES))
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

  /** Bytes of the server. */
  void take(ByteBuf in) {
    if (freed) {
      return;
    }
    switch (message.take(in)) {
      case PART -> {
        // The channel reads on by itself.
      }
      case WHOLE -> finish(message.bytes(), message.length());
      case NO_ROOM -> fail(SendFailure.EXHAUSTED);
    }
  }

  private boolean mayHold(int moreBytes) {
    return budget.grow(holder, moreBytes) && reserve(moreBytes);
  }

  @Override
  void free() {
    freed = true;
    budget.release(holder);
    message.clear();
    channel.ifPresent(Channel::close);
  }
}
