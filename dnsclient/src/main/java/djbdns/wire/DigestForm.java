package djbdns.wire;

/**
 * The digest of a key: CDS (RFC 7344, 3.1), DLV (RFC 4431), TA. As {@link Ds}, whose digest of a
 * known type has its length.
 *
 * <pre>
 * +------------+-------------+---------------+--------+
 * | key tag 16 | algorithm 8 | digest type 8 | digest |
 * +------------+-------------+---------------+--------+
 * </pre>
 */
final class DigestForm implements Form {
  @Override
  public <E extends Exception> void copy(RdataSource<E> in, RdataSink out) throws E {
    Field.U16.copy(in, out);
    Field.ALGORITHM.copy(in, out);
    int digestType = in.digestType();
    out.u8(digestType);
    Bytes digest = in.hex();
    check(digest, digestBytes(digestType));
    out.hex(digest);
  }

  /** 0 for a type of which nothing is known. */
  private static int digestBytes(int digestType) {
    return switch (digestType) {
      case 1 -> 20;
      case 2 -> 32;
      case 4 -> 48;
      default -> 0;
    };
  }

  /**
   * Checks the length of a digest.
   *
   * @param bytes that it should have; 0 if nobody knows
   */
  static void check(Bytes digest, int bytes) {
    if (Field.some(digest).length() != bytes && bytes != 0) {
      throw new IllegalArgumentException(
          "digest of " + digest.length() + " bytes, not of " + bytes);
    }
  }
}
