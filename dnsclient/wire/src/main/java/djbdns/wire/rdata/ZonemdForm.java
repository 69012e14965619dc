package djbdns.wire.rdata;

import djbdns.wire.Bytes;

/**
 * The digest of a zone (RFC 8976, 2.2).
 *
 * <pre>
 * +-----------+----------+------------------+--------+
 * | serial 32 | scheme 8 | hash algorithm 8 | digest |
 * +-----------+----------+------------------+--------+
 * </pre>
 */
final class ZonemdForm implements Form {
  private static final int MIN_DIGEST_BYTES = 12;

  @Override
  public <E extends Exception> void copy(RdataSource<E> in, RdataSink out) throws E {
    Field.U32.copy(in, out);
    Field.U8.copy(in, out);
    int algorithm = in.u8();
    out.u8(algorithm);
    Bytes digest = in.hex();
    DigestForm.check(digest, digestBytes(algorithm));
    if (digest.length() < MIN_DIGEST_BYTES) {
      throw new IllegalArgumentException(
          "digest of " + digest.length() + " bytes, not of " + MIN_DIGEST_BYTES + " or more");
    }
    out.hex(digest);
  }

  /** 0 for an algorithm of which nothing is known. */
  private static int digestBytes(int algorithm) {
    return switch (algorithm) {
      case 1 -> 48;
      case 2 -> 64;
      default -> 0;
    };
  }
}
