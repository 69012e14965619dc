package djbdns.client.nio;

import djbdns.client.Step;
import djbdns.client.Transmit;
import djbdns.wire.Limits;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;

/** One datagram, and those that come back. */
final class UdpExchange implements Exchange {
  /** One byte more than is legal, to tell a longer datagram. */
  static final int BUFFER_BYTES = Limits.UDP_BYTES + 1;

  private final Transmit transmit;
  private final Step.Attempt attempt;
  private final InetSocketAddress server;
  private final DatagramChannel channel;
  private final ByteBuffer datagram;

  private UdpExchange(
      Transmit transmit,
      Step.Attempt attempt,
      InetSocketAddress server,
      DatagramChannel channel,
      ByteBuffer datagram) {
    this.transmit = transmit;
    this.attempt = attempt;
    this.server = server;
    this.channel = channel;
    this.datagram = datagram;
  }

  /**
   * Opens a socket.
   *
   * @throws IOException if there is none to be had
   */
  static Exchange open(Transmit transmit, Step.Attempt attempt, Sockets sockets, Flight flight)
      throws IOException {
    InetSocketAddress server = attempt.server().toSocketAddress();
    DatagramChannel channel = DatagramChannel.open(Exchange.familyOf(server));
    sockets.prepare(channel, SelectionKey.OP_READ, flight);
    return new UdpExchange(transmit, attempt, server, channel, sockets.datagram());
  }

  @Override
  public Step begin() {
    try {
      channel.connect(server);
      channel.write(ByteBuffer.wrap(attempt.packet()));
      return transmit.onSent(System.nanoTime());
    } catch (IOException e) {
      return transmit.onSendFailed(Exchange.failureOf(e), System.nanoTime());
    }
  }

  @Override
  public Step onReady() {
    datagram.clear();
    try {
      if (channel.receive(datagram) == null) {
        return transmit.onTime(System.nanoTime());
      }
    } catch (IOException e) {
      return transmit.onReceiveFailed(Exchange.failureOf(e), System.nanoTime());
    }
    byte[] packet = new byte[datagram.position()];
    datagram.get(0, packet);
    return transmit.onPacket(packet, packet.length, System.nanoTime());
  }

  @Override
  public void close() {
    Sockets.close(channel);
  }
}
