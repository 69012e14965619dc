package djbdns.tools.odd;

import djbdns.wire.Header;
import djbdns.wire.Limits;
import djbdns.wire.MalformedPacketException;
import djbdns.wire.Name;
import djbdns.wire.PacketWriter;
import djbdns.wire.Question;
import djbdns.wire.RecordType;
import djbdns.wire.message.Edns;
import djbdns.wire.message.Message;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** Asks a resolver once over UDP, and over TCP where that is truncated. */
final class StubClient {
  private static final int PORT = 53;

  /** Longer than any of the resolvers tries. */
  private static final int PATIENCE_MS = 15_000;

  private final InetSocketAddress resolver;

  StubClient(String address) {
    resolver = new InetSocketAddress(InetAddress.ofLiteral(address), PORT);
  }

  private static byte[] query(Name name, RecordType type) {
    int id = ThreadLocalRandom.current().nextInt(0x10000);
    Edns edns = new Edns(Limits.EDNS_UDP_BYTES);
    PacketWriter writer = new PacketWriter(Limits.UDP_BYTES);
    new Message(id, Header.RD, new Question(name, type), Optional.of(edns)).write(writer);
    return Arrays.copyOf(writer.buffer(), writer.length());
  }

  /** The response, if there is one; from a thread that is in the resolver's namespace. */
  Optional<Message> ask(Name name, RecordType type) throws IOException {
    byte[] query = query(name, type);
    try {
      Message overUdp = overUdp(query);
      boolean isTruncated = (overUdp.flags() & Header.TC) != 0;
      return Optional.of(isTruncated ? overTcp(query) : overUdp);
    } catch (SocketTimeoutException | EOFException | SocketException e) {
      return Optional.empty();
    } catch (MalformedPacketException e) {
      throw new IOException("malformed response to " + name + " " + type, e);
    }
  }

  private Message overUdp(byte[] query) throws IOException, MalformedPacketException {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.connect(resolver);
      socket.setSoTimeout(PATIENCE_MS);
      socket.send(new DatagramPacket(query, query.length));
      byte[] buffer = new byte[Limits.MESSAGE_BYTES];
      DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
      socket.receive(packet);
      return Message.read(buffer, packet.getLength());
    }
  }

  private Message overTcp(byte[] query) throws IOException, MalformedPacketException {
    try (Socket socket = new Socket()) {
      socket.connect(resolver, PATIENCE_MS);
      socket.setSoTimeout(PATIENCE_MS);
      byte[] framed = new byte[query.length + 2];
      framed[1] = (byte) query.length;
      framed[0] = (byte) (query.length >> 8);
      System.arraycopy(query, 0, framed, 2, query.length);
      socket.getOutputStream().write(framed);
      DataInputStream in = new DataInputStream(socket.getInputStream());
      byte[] response = new byte[in.readUnsignedShort()];
      in.readFully(response);
      return Message.read(response, response.length);
    }
  }

  /** Sends a question over UDP and does not wait. */
  void begin(Name name, RecordType type) throws IOException {
    byte[] query = query(name, type);
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.connect(resolver);
      socket.send(new DatagramPacket(query, query.length));
    }
  }
}
