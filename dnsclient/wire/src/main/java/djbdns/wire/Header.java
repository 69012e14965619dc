package djbdns.wire;

/**
 * The fixed start of every message (RFC 1035, 4.1.1; AD and CD: RFC 4035, 3.1.6 and 3.2.2).
 *
 * <pre>
 *   0  1  2  3  4  5  6  7  8  9 10 11 12 13 14 15
 * +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 * |                       ID                      |
 * |QR|   Opcode  |AA|TC|RD|RA| Z|AD|CD|   RCODE   |  flags
 * |                    QDCOUNT                    |
 * |                    ANCOUNT                    |
 * |                    NSCOUNT                    |
 * |                    ARCOUNT                    |
 * +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 * </pre>
 *
 * Every field is 16 bits, 0 to 65535.
 */
public record Header(
    int id,
    int flags,
    int questionCount,
    int answerCount,
    int authorityCount,
    int additionalCount) {
  /** Set in a response. */
  public static final int QR = 0x8000;

  /** Mask of the opcode. */
  public static final int OPCODE = 0x7800;

  /** Authoritative answer. */
  public static final int AA = 0x0400;

  /** Truncated. */
  public static final int TC = 0x0200;

  /** Recursion desired. */
  public static final int RD = 0x0100;

  /** Recursion available. */
  public static final int RA = 0x0080;

  /** Reserved, zero. */
  public static final int Z = 0x0040;

  /** Authentic data. */
  public static final int AD = 0x0020;

  /** Checking disabled. */
  public static final int CD = 0x0010;

  /** Mask of the response code's lower four bits. */
  public static final int RCODE = 0x000f;

  static final int OPCODE_SHIFT = 11;

  /** The offset of the flags in bytes. */
  public static final int FLAGS_OFFSET = 2;

  /** The offset of the four counts in bytes. */
  public static final int COUNTS_OFFSET = 4;

  public Header {
    Codes.check(id, 0xffff);
    Codes.check(flags, 0xffff);
    Codes.check(questionCount, 0xffff);
    Codes.check(answerCount, 0xffff);
    Codes.check(authorityCount, 0xffff);
    Codes.check(additionalCount, 0xffff);
  }

  public boolean isResponse() {
    return (flags & QR) != 0;
  }

  public Opcode opcode() {
    return new Opcode((flags & OPCODE) >> OPCODE_SHIFT);
  }

  /** The lower four bits; the upper eight are in the OPT record, if there is one. */
  public Rcode rcode() {
    return new Rcode(flags & RCODE);
  }
}
