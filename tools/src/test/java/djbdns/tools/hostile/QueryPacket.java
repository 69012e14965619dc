package djbdns.tools.hostile;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.Optional;

/** The packets of clients: their queries, and what they make of an answer. */
final class QueryPacket {
  private static final int HEADER_BYTES = 12;

  private QueryPacket() {}

  /**
   * A query, RD set.
   *
   * @param additional the rest of the packet behind the question: at most one record
   */
  static byte[] of(int id, String name, int type, byte[] additional) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(300);
    out.write(id >> 8);
    out.write(id);
    out.writeBytes(new byte[] {1, 0, 0, 1, 0, 0, 0, 0, 0, (byte) (additional.length > 0 ? 1 : 0)});
    for (String label : name.split("[.]", -1)) {
      out.write(label.length());
      out.writeBytes(label.getBytes(ISO_8859_1));
    }
    out.writeBytes(new byte[] {0, (byte) (type >> 8), (byte) type, 0, 1});
    out.writeBytes(additional);
    return out.toByteArray();
  }

  /** An OPT record with so many empty options. */
  static byte[] options(int count) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int length = 4 * count;
    out.writeBytes(new byte[] {0, 0, 41, 16, 0, 0, 0, 0, 0, (byte) (length >> 8), (byte) length});
    for (int i = 0; i < count; i++) {
      out.writeBytes(new byte[] {(byte) 0xfd, (byte) i, 0, 0});
    }
    return out.toByteArray();
  }

  static int id(byte[] packet) {
    return (packet[0] & 0xff) << 8 | (packet[1] & 0xff);
  }

  /** The address in the first record of an answer without an error; nothing in others. */
  static Optional<Integer> addressIn(byte[] packet, int length) {
    if (length < HEADER_BYTES || (packet[3] & 15) != 0 || (packet[6] | packet[7]) == 0) {
      return Optional.empty();
    }
    int record = pastName(packet, length, pastName(packet, length, HEADER_BYTES) + 4);
    if (record + 14 > length || packet[record + 1] != ReplyPacket.A) {
      return Optional.empty();
    }
    int data = record + 10;
    return Optional.of(
        Places.ip(
            packet[data] & 0xff,
            packet[data + 1] & 0xff,
            packet[data + 2] & 0xff,
            packet[data + 3] & 0xff));
  }

  private static int pastName(byte[] packet, int length, int start) {
    int position = start;
    while (position < length && packet[position] != 0) {
      if ((packet[position] & 0xc0) != 0) {
        return position + 2;
      }
      position += 1 + packet[position];
    }
    return position + 1;
  }
}
