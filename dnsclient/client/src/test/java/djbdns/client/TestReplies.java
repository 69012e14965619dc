package djbdns.client;

import java.util.Arrays;

/** Replies to a query packet, good and bad. */
final class TestReplies {
  private TestReplies() {}

  /** The query's bytes as a reply with this response code and no records. */
  static byte[] reply(byte[] query, int rcode) {
    byte[] reply = query.clone();
    reply[2] |= (byte) 0x80;
    reply[3] |= (byte) rcode;
    return reply;
  }

  static byte[] answer(byte[] query) {
    return reply(query, 0);
  }

  static byte[] servfail(byte[] query) {
    return reply(query, 2);
  }

  static byte[] truncated(byte[] query) {
    return with(answer(query), 2, 0x02);
  }

  /** The packet with the bits of {@code mask} turned over in one byte. */
  static byte[] with(byte[] packet, int index, int mask) {
    byte[] changed = packet.clone();
    changed[index] ^= (byte) mask;
    return changed;
  }

  static byte[] cut(byte[] packet, int length) {
    return Arrays.copyOf(packet, length);
  }
}
