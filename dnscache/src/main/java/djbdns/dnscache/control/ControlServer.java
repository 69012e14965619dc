package djbdns.dnscache.control;

import djbdns.server.ServiceLoop;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * The control socket: whoever may become this service's user anyway can give commands to it, and
 * nobody else. What a client can cost is bounded: open connections, their time, their bytes.
 */
public final class ControlServer implements AutoCloseable {
  /** Open at once; one more is closed at once. */
  static final int MAX_CONNECTIONS = 8;

  private static final int TIMEOUT_MS = 5000;
  private static final int ROOT = 0;

  private final ServiceLoop loop;
  private final int userId;
  private final int timeoutMs;
  private final Channel listening;
  private Optional<ControlCommands> commands = Optional.empty();

  /** On the loop's thread. */
  private int connections;

  private ControlServer(ServiceLoop loop, Path socket, int userId, int timeoutMs)
      throws IOException {
    this.loop = loop;
    this.userId = userId;
    this.timeoutMs = timeoutMs;
    ChannelFuture bound =
        bootstrap().bind(new DomainSocketAddress(socket.toAbsolutePath().toString()));
    bound.awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new IOException(bound.cause().getMessage(), bound.cause());
    }
    listening = bound.channel();
  }

  /**
   * Creates the socket, with mode 0600 and owned by the service's user, in place of one that an
   * earlier process left. Nothing is accepted before {@link #start}. Call it before privileges are
   * dropped, and from no event loop's thread.
   *
   * @param loop runs the commands
   * @param socket a path; its directory must exist
   * @param userId the service's user; root may come as well
   * @throws IOException if there is another file of that name, another process listens at it, or
   *     the socket cannot be made
   */
  public static ControlServer listen(ServiceLoop loop, Path socket, int userId) throws IOException {
    return listen(loop, socket, userId, TIMEOUT_MS);
  }

  static ControlServer listen(ServiceLoop loop, Path socket, int userId, int timeoutMs)
      throws IOException {
    removeStale(socket);
    ControlServer server = new ControlServer(loop, socket, userId, timeoutMs);
    try {
      Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
      if (!Files.getAttribute(socket, "unix:uid").equals(userId)) {
        Files.setAttribute(socket, "unix:uid", userId, LinkOption.NOFOLLOW_LINKS);
      }
      return server;
    } catch (IOException e) {
      server.close();
      throw e;
    }
  }

  private static void removeStale(Path socket) throws IOException {
    if (!Files.exists(socket, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    BasicFileAttributes is =
        Files.readAttributes(socket, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (!is.isOther() || isListenedAt(socket)) {
      throw new FileAlreadyExistsException(socket.toString());
    }
    Files.delete(socket);
  }

  private static boolean isListenedAt(Path socket) {
    try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      return probe.connect(UnixDomainSocketAddress.of(socket));
    } catch (IOException e) {
      // Refused: whoever made it is gone.
      return false;
    }
  }

  private ServerBootstrap bootstrap() {
    return new ServerBootstrap()
        .group(loop.netty(), loop.netty())
        .channel(EpollServerDomainSocketChannel.class)
        .option(ChannelOption.AUTO_READ, false)
        .option(ChannelOption.SO_BACKLOG, MAX_CONNECTIONS)
        .childHandler(new Admission());
  }

  /** Lets clients in; call it once. */
  public void start(ControlCommands obeyed) {
    loop.execute(() -> {
      commands = Optional.of(obeyed);
      listening.config().setAutoRead(true);
    });
  }

  /** Closes the socket and removes it where it still can, which behind a chroot it cannot. */
  @Override
  public void close() {
    listening.close().syncUninterruptibly();
  }

  /** Decides on each connection before anything is read from it. */
  @ChannelHandler.Sharable
  private final class Admission extends ChannelInboundHandlerAdapter {
    @Override
    public void channelActive(ChannelHandlerContext context) throws IOException {
      EpollDomainSocketChannel channel = (EpollDomainSocketChannel) context.channel();
      int peer = channel.peerCredentials().uid();
      if (commands.isEmpty()
          || connections == MAX_CONNECTIONS
          || (peer != ROOT && peer != userId)) {
        channel.close();
        return;
      }
      connections++;
      channel.closeFuture().addListener((ChannelFutureListener) closed -> connections--);
      channel.pipeline().addLast(new ControlHandler(commands.get(), timeoutMs));
      context.fireChannelActive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close();
    }
  }
}
