package djbdns.dnscache.resolve.reply;

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
public final class ReplyMatcher {
  /** The relation of a packet to the packet that was sent. */
  public enum Match {
    /** The reply. */
    REPLY,
    /** The reply, cut short (TC). */
    TRUNCATED,
    /** The reply but for the letter case of the question's name (0x20). */
    OTHER_CASE,
    /**
     * From a server that cannot make sense of the packet's EDNS0, which had better be left out: it
     * says so (FORMERR, NOTIMP or BADVERS, in whatever form), or its own EDNS0 makes no sense.
     */
    NO_EDNS,
    /**
     * A response that does not say to which question. It tells that the server has no use for the
     * packet, and nothing else: who guesses the ID could have sent it.
     */
    NO_QUESTION,
    /** Anything else: a near miss or an attack. */
    UNRELATED
  }

  private static final int TYPE_AND_CLASS_BYTES = 4;
  private static final int EXTENDED_RCODE_SHIFT = 4;
  private static final int SECTION_COUNTS = 6;
  private static final int ADDITIONAL = 2;

  private final PacketReader reader = new PacketReader();

  /** The result of {@link #findOpt}. */
  private int optRecords;

  private boolean optMisplaced;
  private boolean additionalCut;
  private int upperRcode;

  /**
   * Compares a received packet with the query that was sent; both as they were on the wire.
   *
   * @param query a header, one question, and nothing or an OPT record
   */
  public Match match(byte[] query, byte[] packet, int length) {
    return match(query, packet, length, false);
  }

  /** The same for a server that need not keep the letters' case; never OTHER_CASE. */
  public Match matchInAnyCase(byte[] query, byte[] packet, int length) {
    return match(query, packet, length, true);
  }

  private Match match(byte[] query, byte[] packet, int length, boolean anyCase) {
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
      boolean withoutEdns = edns && refusesEdns(packet, length, Limits.HEADER_BYTES);
      return withoutEdns ? Match.NO_EDNS : Match.NO_QUESTION;
    }
    if (length == Limits.HEADER_BYTES && isFormatError(flags)) {
      // It promises the question, and ends before it.
      return edns ? Match.NO_EDNS : Match.NO_QUESTION;
    }
    if (questions != 1 || length < questionEnd || !sameQuestion(query, packet, nameBytes)) {
      return Match.UNRELATED;
    }
    if (!anyCase && !sameBytes(query, packet, Limits.HEADER_BYTES, questionEnd)) {
      return Match.OTHER_CASE;
    }
    if (edns && refusesEdns(packet, length, questionEnd)) {
      return Match.NO_EDNS;
    }
    if ((flags & Header.TC) != 0) {
      return Match.TRUNCATED;
    }
    return edns && confusesEdns() ? Match.NO_EDNS : Match.REPLY;
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

  /**
   * True if a response says that EDNS0 is unknown, and notes what of EDNS0 is in it. FORMERR and
   * NOTIMP count with an OPT record too, though it tells that the server knows EDNS0 and means
   * something else (RFC 6891, 7): some servers only repeat the query's. BADVERS counts whatever is
   * beside it (RFC 6891, 6.1.3).
   */
  private boolean refusesEdns(byte[] packet, int length, int questionEnd) {
    findOpt(packet, length, questionEnd);
    int rcode = packet[3] & Header.RCODE;
    if (rcode == Rcode.NOERROR.code()) {
      return upperRcode == Rcode.BADVERS.code() >> EXTENDED_RCODE_SHIFT;
    }
    return rcode == Rcode.FORMERR.code() || rcode == Rcode.NOTIMP.code();
  }

  /**
   * True if the OPT record is there twice or in a wrong section, or the additional section, where
   * it should be, ends before its time. (What is wrong with the others has nothing to do with
   * EDNS0.)
   */
  private boolean confusesEdns() {
    return optRecords > 1 || optMisplaced || additionalCut;
  }

  private static boolean isFormatError(int flags) {
    int rcode = flags & Header.RCODE;
    return rcode == Rcode.FORMERR.code() || rcode == Rcode.NOTIMP.code();
  }

  /** Goes through all records as far as they can be read. */
  private void findOpt(byte[] packet, int length, int questionEnd) {
    optRecords = 0;
    optMisplaced = false;
    additionalCut = false;
    upperRcode = 0;
    int section = 0;
    try {
      reader.wrap(packet, length).position(questionEnd);
      for (; section <= ADDITIONAL; section++) {
        for (int i = u16(packet, SECTION_COUNTS + (2 * section)); i > 0; i--) {
          readRecord(section);
        }
      }
    } catch (MalformedPacketException e) {
      additionalCut = section == ADDITIONAL;
    }
  }

  private void readRecord(int section) throws MalformedPacketException {
    reader.skipName();
    int type = reader.readU16();
    reader.skip(2);
    int upper = reader.readU8();
    reader.skip(3);
    reader.skip(reader.readU16());
    if (type == RecordType.OPT.code()) {
      optRecords++;
      optMisplaced |= section != ADDITIONAL;
      upperRcode |= upper;
    }
  }

  private static int u16(byte[] bytes, int offset) {
    return ((bytes[offset] & 0xff) << 8) | (bytes[offset + 1] & 0xff);
  }
}
