package djbdns.client.nio;

import djbdns.client.Failure;
import djbdns.client.Step;
import djbdns.client.Transmit;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.random.RandomGenerator;

/** One message sent over a connection of its own, and the first message that comes back. */
final class TcpExchange {
  private static final int LENGTH_BYTES = 2;

  private TcpExchange() {}

  /**
   * Goes on until something other than waiting is to be done.
   *
   * @throws IOException if there is no socket to be had
   */
  static Step run(Transmit transmit, Step.Attempt attempt, RandomGenerator random)
      throws IOException {
    InetSocketAddress server = attempt.server().toSocketAddress();
    try (SocketChannel channel = SocketChannel.open(Exchange.familyOf(server))) {
      RandomPort.bind(channel, random);
      try {
        channel.socket().connect(server, Exchange.timeoutMs(attempt.deadlineNs()));
        send(channel, attempt.packet());
        Step step = transmit.onSent(System.nanoTime());
        if (!(step instanceof Step.Wait wait)) {
          return step;
        }
        byte[] message = receive(channel.socket(), wait.deadlineNs());
        return transmit.onPacket(message, message.length, System.nanoTime());
      } catch (SocketTimeoutException e) {
        return transmit.onReceiveFailed(Failure.Reason.TIMED_OUT, System.nanoTime());
      } catch (EOFException e) {
        return transmit.onReceiveFailed(Failure.Reason.NO_REPLY, System.nanoTime());
      } catch (IOException e) {
        return transmit.onReceiveFailed(Exchange.failureOf(e), System.nanoTime());
      }
    }
  }

  private static void send(SocketChannel channel, byte[] packet) throws IOException {
    ByteBuffer message = ByteBuffer.allocate(LENGTH_BYTES + packet.length);
    message.putShort((short) packet.length).put(packet).flip();
    while (message.hasRemaining()) {
      channel.write(message);
    }
  }

  private static byte[] receive(Socket socket, long deadlineNs) throws IOException {
    byte[] length = receive(socket, deadlineNs, LENGTH_BYTES);
    return receive(socket, deadlineNs, ((length[0] & 0xff) << 8) | (length[1] & 0xff));
  }

  private static byte[] receive(Socket socket, long deadlineNs, int count) throws IOException {
    byte[] bytes = new byte[count];
    InputStream in = socket.getInputStream();
    int received = 0;
    while (received < count) {
      socket.setSoTimeout(Exchange.timeoutMs(deadlineNs));
      int more = in.read(bytes, received, count - received);
      if (more < 0) {
        throw new EOFException();
      }
      received += more;
    }
    return bytes;
  }
}
