package djbdns.tools;

import djbdns.client.ServerAddress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
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
    DatagramSocket socket = new DatagramSocket(0, InetAddress.getByAddress(LOOPBACK));
    Thread thread = new Thread(() -> serve(socket));
    thread.setDaemon(true);
    thread.start();
    return new ServerAddress(LOOPBACK, socket.getLocalPort()).toString();
  }

  private static void serve(DatagramSocket socket) {
    byte[] buffer = new byte[BUFFER_BYTES];
    try {
      while (true) {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        socket.receive(packet);
        packet.setData(reply(Arrays.copyOf(buffer, packet.getLength())));
        socket.send(packet);
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
