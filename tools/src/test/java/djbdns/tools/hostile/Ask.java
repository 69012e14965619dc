package djbdns.tools.hostile;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import djbdns.wire.Bytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A query as a scripted server sees it.
 *
 * @param head the packet up to the end of its question
 * @param labels the name's, in small letters, the first one first
 * @param edns whether an additional record came along, which is taken for an OPT record
 * @param tcp whether it came over a connection
 * @param server the address that was asked
 */
record Ask(Bytes head, List<String> labels, int type, boolean edns, boolean tcp, int server) {
  private static final int HEADER_BYTES = 12;

  /** Reads a query of {@code length} bytes; nothing if it has no readable question. */
  static Optional<Ask> read(byte[] packet, int length, boolean tcp, int server) {
    List<String> labels = new ArrayList<>(8);
    int position = HEADER_BYTES;
    while (position < length && packet[position] != 0) {
      int size = packet[position];
      if (size < 0 || position + 1 + size >= length) {
        return Optional.empty();
      }
      labels.add(new String(packet, position + 1, size, ISO_8859_1).toLowerCase(Locale.ROOT));
      position += 1 + size;
    }
    int end = position + 5;
    if (end > length) {
      return Optional.empty();
    }
    int type = (packet[position + 1] & 0xff) << 8 | (packet[position + 2] & 0xff);
    boolean edns = (packet[10] | packet[11]) != 0;
    return Optional.of(
        new Ask(Bytes.of(Arrays.copyOf(packet, end)), labels, type, edns, tcp, server));
  }

  /** The name without its final dot; the root is empty. */
  String name() {
    return String.join(".", labels);
  }

  /** The name's last labels. */
  String suffix(int count) {
    return String.join(".", labels.subList(labels.size() - count, labels.size()));
  }

  /** A label counted from the end: 0 is the top-level domain; empty where there is none. */
  String fromEnd(int index) {
    return index < labels.size() ? labels.get(labels.size() - 1 - index) : "";
  }

  /** How many bytes an answer may have. */
  int room() {
    if (tcp) {
      return 65535;
    }
    return edns ? 1232 : 512;
  }
}
