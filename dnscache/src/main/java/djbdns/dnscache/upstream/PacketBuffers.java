package djbdns.dnscache.upstream;

import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.nio.ByteBuffer;

/** One packet on its way between a socket and the heap, for all UDP sockets of a loop. */
final class PacketBuffers {
  /** No datagram is longer (RFC 768). */
  private static final int MAX_BYTES = 65_535;

  private final ByteBuffer direct = ByteBuffer.allocateDirect(MAX_BYTES);
  private final byte[] packet = new byte[MAX_BYTES];

  /** Whether all of it was sent. */
  boolean send(Socket socket, byte[] query, int length) throws IOException {
    direct.put(0, query, 0, length);
    return socket.send(direct, 0, length) == length;
  }

  /**
   * Reads one datagram into {@link #packet()}.
   *
   * @return its length; 0 or less if there is none, or it is empty
   */
  int receive(Socket socket) throws IOException {
    int length = socket.recv(direct, 0, MAX_BYTES);
    if (length > 0) {
      direct.get(0, packet, 0, length);
    }
    return length;
  }

  /** What was received last. */
  byte[] packet() {
    return packet;
  }
}
