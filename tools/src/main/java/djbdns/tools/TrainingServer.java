package djbdns.tools;

import djbdns.client.ServerAddress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.Arrays;

/** Answers every query over UDP with one record, for {@link Training}. Refuses TCP. */
final class TrainingServer {
  private static final byte[] LOOPBACK = {127, 0, 0, 1};
  private static final int HEADER_BYTES = 12;
  private static final int BUFFER_BYTES = 512;

  /** The name of the question, as a compressed name. */
  private static final byte[] SAME_NAME = {(byte) 0xc0, HEADER_BYTES};

  private TrainingServer() {}

  /** Starts a server that lasts as long as the process, and returns where it is. */
  static String start() throws IOException {
    DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
    channel.bind(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), 0));
    Thread thread = new Thread(() -> serve(channel));
    thread.setDaemon(true);
    thread.start();
    int port = ((InetSocketAddress) channel.getLocalAddress()).getPort();
    return new ServerAddress(LOOPBACK, port).toString();
  }

  /** By a channel, as the tools do it, so that no other classes get into the cache. */
  private static void serve(DatagramChannel channel) {
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    try {
      while (true) {
        SocketAddress client = channel.receive(buffer.clear());
        byte[] query = Arrays.copyOf(buffer.array(), buffer.position());
        channel.send(ByteBuffer.wrap(reply(query)), client);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] reply(byte[] query) {
    ByteArrayOutputStream reply = new ByteArrayOutputStream();
    reply.writeBytes(query);
    reply.writeBytes(SAME_NAME);
    int typeAndClass = query.length - 4;
    reply.write(query, typeAndClass, 4);
    reply.writeBytes(new byte[] {0, 0, 1, 0});
    byte[] data = data(query[typeAndClass + 1]);
    reply.write(0);
    reply.write(data.length);
    reply.writeBytes(data);
    byte[] packet = reply.toByteArray();
    // A response with recursion, and one answer.
    packet[2] |= (byte) 0x80;
    packet[3] |= (byte) 0x80;
    packet[7] = 1;
    return packet;
  }

  private static byte[] data(int type) {
    return switch (type) {
      case 1 -> new byte[] {(byte) 192, 0, 2, 1};
      case 2, 12 -> SAME_NAME;
      case 15 -> new byte[] {0, 10, SAME_NAME[0], SAME_NAME[1]};
      case 16 -> new byte[] {2, 'o', 'k'};
      case 28 -> new byte[] {0x20, 1, 0x0d, (byte) 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
      default -> new byte[0];
    };
  }
}
