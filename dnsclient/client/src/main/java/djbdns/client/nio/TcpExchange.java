package djbdns.client.nio;

import djbdns.client.Failure;
import djbdns.client.Step;
import djbdns.client.Transmit;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/** One message over a connection, and the first message that comes back (RFC 1035, 4.2.2). */
final class TcpExchange implements Exchange {
  private static final int LENGTH_BYTES = 2;

  private final Transmit transmit;
  private final InetSocketAddress server;
  private final SocketChannel channel;
  private final SelectionKey key;
  private final ByteBuffer toSend;
  private final ByteBuffer length = ByteBuffer.allocate(LENGTH_BYTES);
  private ByteBuffer message = ByteBuffer.allocate(0);
  private boolean sent;

  private TcpExchange(
      Transmit transmit, Step.Attempt attempt, InetSocketAddress server, SelectionKey key) {
    this.transmit = transmit;
    this.server = server;
    this.key = key;
    channel = (SocketChannel) key.channel();
    byte[] packet = attempt.packet();
    toSend = ByteBuffer.allocate(LENGTH_BYTES + packet.length);
    toSend.putShort((short) packet.length).put(packet).flip();
  }

  /**
   * Opens a socket.
   *
   * @throws IOException if there is none to be had
   */
  static Exchange open(Transmit transmit, Step.Attempt attempt, Sockets sockets, Flight flight)
      throws IOException {
    InetSocketAddress server = attempt.server().toSocketAddress();
    SocketChannel channel = SocketChannel.open(Exchange.familyOf(server));
    SelectionKey key = sockets.prepare(channel, SelectionKey.OP_CONNECT, flight);
    return new TcpExchange(transmit, attempt, server, key);
  }

  @Override
  public Step begin() {
    return attempt(() -> channel.connect(server) ? send() : proceed());
  }

  @Override
  public Step onReady() {
    return attempt(() -> {
      if (!channel.isConnected()) {
        channel.finishConnect();
      }
      return sent ? receive() : send();
    });
  }

  /** A step that may fail. */
  @FunctionalInterface
  private interface Work {
    Step run() throws IOException;
  }

  private Step attempt(Work work) {
    try {
      return work.run();
    } catch (EOFException e) {
      return transmit.onReceiveFailed(Failure.Reason.NO_REPLY, System.nanoTime());
    } catch (IOException e) {
      return transmit.onReceiveFailed(Exchange.failureOf(e), System.nanoTime());
    }
  }

  private Step proceed() {
    return transmit.onTime(System.nanoTime());
  }

  private Step send() throws IOException {
    channel.write(toSend);
    if (toSend.hasRemaining()) {
      key.interestOps(SelectionKey.OP_WRITE);
      return proceed();
    }
    sent = true;
    key.interestOps(SelectionKey.OP_READ);
    return transmit.onSent(System.nanoTime());
  }

  private Step receive() throws IOException {
    if (length.hasRemaining()) {
      read(length);
      if (length.hasRemaining()) {
        return proceed();
      }
      message = ByteBuffer.allocate(length.getShort(0) & 0xffff);
    }
    read(message);
    return message.hasRemaining()
        ? proceed()
        : transmit.onPacket(message.array(), message.capacity(), System.nanoTime());
  }

  private void read(ByteBuffer target) throws IOException {
    if (target.hasRemaining() && channel.read(target) < 0) {
      throw new EOFException();
    }
  }

  @Override
  public void close() {
    Sockets.close(channel);
  }
}
