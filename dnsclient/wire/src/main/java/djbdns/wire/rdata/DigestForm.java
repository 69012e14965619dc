package djbdns.wire.rdata;

import djbdns.wire.Bytes;
import java.util.Map;

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
  /** Digest type (RFC 4034, 5.1.3; RFC 4509; RFC 6605) to bytes. */
  static final Map<Integer, Integer> DIGEST_BYTES = Map.of(1, 20, 2, 32, 4, 48);

  @Override
  public <E extends Exception> void copy(RdataSource<E> in, RdataSink out) throws E {
    Field.U16.copy(in, out);
    Field.ALGORITHM.copy(in, out);
    int digestType = in.digestType();
    out.u8(digestType);
    Bytes digest = in.hex();
    check(digest, DIGEST_BYTES.getOrDefault(digestType, 0));
    out.hex(digest);
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
