package djbdns.dnscache.resolve;

import djbdns.wire.Header;
import djbdns.wire.Limits;
import djbdns.wire.MalformedPacketException;
import djbdns.wire.NameBytes;
import djbdns.wire.PacketReader;
import djbdns.wire.Rcode;
import djbdns.wire.RecordType;

/**
 * Says what a received packet is to the query that was sent. Unlike 1.05 (dns_transmit.c) it takes
 * no query (QR=0), no other opcode and no other letter case for a reply, and nothing follows from a
 * packet that does not match (CVE-2026-52690; TuDoor). Belongs to one thread.
 */
final class ReplyMatcher {
  /** What a packet is to the packet that was sent. */
  enum Match {
    /** The reply. */
    REPLY,
    /** The reply, cut short (TC). */
    TRUNCATED,
    /** The reply but for the letter case of the question's name (0x20). */
    OTHER_CASE,
    /**
     * A response with FORMERR, NOTIMP or BADVERS to a packet with EDNS0, from a server that does
     * not know EDNS0.
     */
    NO_EDNS,
    /** Anything else: a near miss or an attack. */
    UNRELATED
  }

  private static final int TYPE_AND_CLASS_BYTES = 4;
  private static final int EXTENDED_RCODE_SHIFT = 4;

  /** No OPT record. */
  private static final int NO_OPT = -1;

  private final PacketReader reader = new PacketReader();

  /**
   * Compares a received packet with the query that was sent; both as they were on the wire.
   *
   * @param query a header, one question, and nothing or an OPT record
   */
  Match match(byte[] query, int queryLength, byte[] packet, int length) {
    if (length < Limits.HEADER_BYTES || u16(packet, 0) != u16(query, 0)) {
      return Match.UNRELATED;
    }
    int flags = u16(packet, 2);
    if ((flags & (Header.QR | Header.OPCODE)) != Header.QR) {
      return Match.UNRELATED;
    }
    boolean edns = u16(query, 10) != 0;
    int nameBytes = NameBytes.length(query, Limits.HEADER_BYTES);
    int questionEnd = Limits.HEADER_BYTES + nameBytes + TYPE_AND_CLASS_BYTES;
    int questions = u16(packet, 4);
    if (questions == 0) {
      boolean unknownFormat = edns && length == Limits.HEADER_BYTES && refusesFormat(flags);
      return unknownFormat ? Match.NO_EDNS : Match.UNRELATED;
    }
    if (questions != 1 || length < questionEnd || !sameQuestion(query, packet, nameBytes)) {
      return Match.UNRELATED;
    }
    if (!sameBytes(query, packet, Limits.HEADER_BYTES, questionEnd)) {
      return Match.OTHER_CASE;
    }
    if (edns && refusesEdns(packet, length, questionEnd)) {
      return Match.NO_EDNS;
    }
    return (flags & Header.TC) != 0 ? Match.TRUNCATED : Match.REPLY;
  }

  /** The same name in any letter case, type and class. */
  private static boolean sameQuestion(byte[] query, byte[] packet, int nameBytes) {
    int start = Limits.HEADER_BYTES;
    int nameEnd = start + nameBytes;
    return NameBytes.equalIgnoreCase(query, start, packet, start, nameBytes)
        && sameBytes(query, packet, nameEnd, nameEnd + TYPE_AND_CLASS_BYTES);
  }

  private static boolean sameBytes(byte[] a, byte[] b, int start, int end) {
    for (int i = start; i < end; i++) {
      if (a[i] != b[i]) {
        return false;
      }
    }
    return true;
  }

  /** What a server says that cannot read a query with an OPT record (RFC 6891, 7). */
  private static boolean refusesFormat(int flags) {
    int rcode = flags & Header.RCODE;
    return rcode == Rcode.FORMERR.code() || rcode == Rcode.NOTIMP.code();
  }

  /**
   * Whether a response says that EDNS0 is unknown: FORMERR or NOTIMP without an OPT record (RFC
   * 6891, 7), or BADVERS (RFC 6891, 6.1.3). With an OPT record the server knows EDNS0, and FORMERR
   * is about something else (RFC 6891, 6.2.2 and 7).
   */
  private boolean refusesEdns(byte[] packet, int length, int questionEnd) {
    int rcode = packet[3] & Header.RCODE;
    if (refusesFormat(rcode)) {
      return extendedRcode(packet, length, questionEnd) == NO_OPT;
    }
    int records = u16(packet, 6) + u16(packet, 8);
    if (rcode != Rcode.NOERROR.code() || records != 0) {
      return false;
    }
    int upper = extendedRcode(packet, length, questionEnd);
    return upper == Rcode.BADVERS.code() >> EXTENDED_RCODE_SHIFT;
  }

  /** The upper bits of the response code; {@link #NO_OPT} where no OPT record can be read. */
  private int extendedRcode(byte[] packet, int length, int questionEnd) {
    int records = u16(packet, 6) + u16(packet, 8) + u16(packet, 10);
    try {
      reader.wrap(packet, length).position(questionEnd);
      for (int i = 0; i < records; i++) {
        reader.skipName();
        int type = reader.readU16();
        reader.skip(2);
        int upper = reader.readU8();
        if (type == RecordType.OPT.code()) {
          return upper;
        }
        reader.skip(3);
        reader.skip(reader.readU16());
      }
    } catch (MalformedPacketException e) {
      // A server that breaks the format in its complaint about the format.
      return NO_OPT;
    }
    return NO_OPT;
  }

  private static int u16(byte[] bytes, int offset) {
    return ((bytes[offset] & 0xff) << 8) | (bytes[offset + 1] & 0xff);
  }
}
