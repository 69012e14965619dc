package djbdns.dnscache.upstream;

import djbdns.client.ServerAddress;
import djbdns.dnscache.resolve.Upstream.Cause;
import djbdns.dnscache.resolve.Upstream.Receiver;
import djbdns.dnscache.resolve.Upstream.SendFailure;
import djbdns.server.ServiceLoop;
import io.netty.channel.ChannelException;
import io.netty.channel.IoEvent;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.epoll.LinuxSocket;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A UDP socket for one query packet. It is registered with the event loop directly: a Netty channel
 * and its pipeline for each packet would cost half as much again as the system calls.
 */
final class UdpExchange extends SocketExchange implements EpollIoHandle {
  private static final Logger LOG = LoggerFactory.getLogger(UdpExchange.class);

  /** In place of a socket that was never opened. */
  private static final FileDescriptor NONE = new FileDescriptor(Integer.MAX_VALUE);

  private final ServiceLoop loop;
  private final LocalAddresses localAddresses;
  private final PacketBuffers buffers;
  private final ServerAddress server;
  private Optional<LinuxSocket> socket = Optional.empty();
  private Optional<IoRegistration> registration = Optional.empty();

  UdpExchange(
      ServiceLoop loop,
      SocketGate gate,
      LocalAddresses localAddresses,
      PacketBuffers buffers,
      ServerAddress server,
      Cause cause,
      Receiver receiver) {
    super(loop, gate, cause, receiver);
    this.loop = loop;
    this.localAddresses = localAddresses;
    this.buffers = buffers;
    this.server = server;
  }

  @Override
  Optional<SendFailure> open(byte[] query, int queryLength) {
    try {
      LinuxSocket opened =
          LinuxSocket.newSocketDgram(
              server.isIpv6() ? SocketProtocolFamily.INET6 : SocketProtocolFamily.INET);
      socket = Optional.of(opened);
      bind(opened);
      opened.connect(server.toSocketAddress());
      if (!buffers.send(opened, query, queryLength)) {
        free();
        return Optional.of(SendFailure.EXHAUSTED);
      }
      register();
      return Optional.empty();
    } catch (IOException | UncheckedIOException | ChannelException e) {
      free();
      return Optional.of(SocketErrors.failureOf(e));
    }
  }

  private void bind(LinuxSocket opened) throws IOException {
    for (int attempt = 0; ; attempt++) {
      InetSocketAddress local = localAddresses.next(server.isIpv6(), attempt);
      try {
        opened.bind(local);
        return;
      } catch (IOException e) {
        if (attempt == LocalAddresses.TRIES || !SocketErrors.isPortTaken(e)) {
          throw e;
        }
      }
    }
  }

  /** On the loop's own thread a registration is complete at once. */
  private void register() {
    IoRegistration registered = loop.netty().register(this).getNow();
    if (registered == null) {
      throw new ChannelException("unable to register a socket");
    }
    registration = Optional.of(registered);
    registered.submit(EpollIoOps.EPOLLIN);
  }

  /** Closed first: the kernel then takes the socket out of the epoll set by itself. */
  @Override
  void free() {
    try {
      if (socket.isPresent()) {
        socket.get().close();
      }
    } catch (IOException e) {
      LOG.debug("unable to close a socket", e);
    }
    registration.ifPresent(IoRegistration::cancel);
  }

  @Override
  public FileDescriptor fd() {
    return socket.map(FileDescriptor.class::cast).orElse(NONE);
  }

  /** One datagram; the loop calls again while there are more. */
  @Override
  public void handle(IoRegistration source, IoEvent event) {
    if (!fd().isOpen()) {
      return;
    }
    try {
      int length = buffers.receive(socket.orElseThrow());
      if (length > 0) {
        receive(buffers.packet(), length);
      }
    } catch (IOException e) {
      fail(SocketErrors.failureOf(e));
    } catch (RuntimeException e) {
      LOG.error("unable to take a packet", e);
    }
  }
}
