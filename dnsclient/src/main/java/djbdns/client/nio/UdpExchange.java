package djbdns.client.nio;

import djbdns.client.Step;
import djbdns.client.Transmit;
import djbdns.wire.Limits;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.random.RandomGenerator;

/** One datagram sent from a socket of its own, and what comes back from that server. */
final class UdpExchange {
  /** One byte more than is legal, to tell a longer datagram. */
  private static final int BUFFER_BYTES = Limits.UDP_BYTES + 1;

  private UdpExchange() {}

  /**
   * Goes on until something other than waiting is to be done.
   *
   * @throws IOException if there is no socket to be had
   */
  static Step run(Transmit transmit, Step.Attempt attempt, RandomGenerator random)
      throws IOException {
    InetSocketAddress server = attempt.server().toSocketAddress();
    try (DatagramChannel channel = DatagramChannel.open(Exchange.familyOf(server))) {
      RandomPort.bind(channel, random);
      try {
        channel.connect(server);
        channel.write(ByteBuffer.wrap(attempt.packet()));
      } catch (IOException e) {
        return transmit.onSendFailed(Exchange.failureOf(e), System.nanoTime());
      }
      Step step = transmit.onSent(System.nanoTime());
      while (step instanceof Step.Wait wait) {
        step = receive(transmit, channel.socket(), wait.deadlineNs());
      }
      return step;
    }
  }

  private static Step receive(Transmit transmit, DatagramSocket socket, long deadlineNs) {
    DatagramPacket datagram = new DatagramPacket(new byte[BUFFER_BYTES], BUFFER_BYTES);
    try {
      socket.setSoTimeout(Exchange.timeoutMs(deadlineNs));
      socket.receive(datagram);
    } catch (SocketTimeoutException e) {
      return transmit.onTime(System.nanoTime());
    } catch (IOException e) {
      return transmit.onReceiveFailed(Exchange.failureOf(e), System.nanoTime());
    }
    return transmit.onPacket(datagram.getData(), datagram.getLength(), System.nanoTime());
  }
}
