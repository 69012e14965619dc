package djbdns.dnscache.upstream;

import djbdns.wire.Header;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.nio.ByteBuffer;

/** One packet on its way between a socket and the heap, for all UDP sockets of a loop. */
final class PacketBuffers {
  /**
   * More than any server is told that it may send, and than those that do not listen send. Longer
   * datagrams are cut: over TCP, what a message takes is charged before it is held.
   */
  private static final int MAX_BYTES = 4_096;

  /** The offset of the flag TC in a message. */
  private static final int FLAGS_OFFSET = 2;

  private final ByteBuffer direct = ByteBuffer.allocateDirect(MAX_BYTES + 1);
  private final byte[] packet = new byte[MAX_BYTES];

  /** True if all of it was sent. */
  boolean send(Socket socket, byte[] query, int length) throws IOException {
    direct.put(0, query, 0, length);
    return socket.send(direct, 0, length) == length;
  }

  /**
   * Reads one datagram into {@link #packet()}; marks one that is too long as cut short (TC).
   *
   * @return its length; 0 or less if there is none, or it is empty
   */
  int receive(Socket socket) throws IOException {
    int length = socket.recv(direct, 0, MAX_BYTES + 1);
    if (length > 0) {
      direct.get(0, packet, 0, Math.min(length, MAX_BYTES));
    }
    if (length > MAX_BYTES) {
      packet[FLAGS_OFFSET] |= Header.TC >> Byte.SIZE;
      return MAX_BYTES;
    }
    return length;
  }

  /** The packet received last. */
  byte[] packet() {
    return packet;
  }
}
