package djbdns.wire.rdata;

import djbdns.wire.Bytes;
import djbdns.wire.Codes;
import djbdns.wire.Name;
import djbdns.wire.RecordType;

/**
 * A signature over a record set (RFC 4034, 3.1).
 *
 * <pre>
 * +-----------------+-------------+----------+-----------------+---------------+
 * | type covered 16 | algorithm 8 | labels 8 | original TTL 32 | expiration 32 |
 * +-----------------+-------------+----------+-----------------+---------------+
 * +--------------+------------+--------------+-----------+
 * | inception 32 | key tag 16 | signer: name | signature |
 * +--------------+------------+--------------+-----------+
 * </pre>
 */
public record Rrsig(
    RecordType typeCovered,
    int algorithm,
    int labels,
    long originalTtlSeconds,
    long expirationSeconds,
    long inceptionSeconds,
    int keyTag,
    Name signer,
    Bytes signature)
    implements Rdata {
  public Rrsig {
    Codes.checkU8(algorithm);
    Codes.checkU8(labels);
    Codes.checkU32(originalTtlSeconds);
    Codes.checkU32(expirationSeconds);
    Codes.checkU32(inceptionSeconds);
    Codes.checkU16(keyTag);
  }

  static <E extends Exception> Rrsig from(RdataSource<E> in) throws E {
    return new Rrsig(
        in.coveredType(),
        in.algorithm(),
        in.u8(),
        in.u32(),
        in.time(),
        in.time(),
        in.u16(),
        in.name(),
        in.base64());
  }

  @Override
  public RecordType type() {
    return RecordType.RRSIG;
  }

  @Override
  public void to(RdataSink sink) {
    sink.recordType(typeCovered);
    sink.u8(algorithm);
    sink.u8(labels);
    sink.u32(originalTtlSeconds);
    sink.time(expirationSeconds);
    sink.time(inceptionSeconds);
    sink.u16(keyTag);
    sink.name(signer);
    sink.base64(signature);
  }

  @Override
  public String toString() {
    return TextSink.of(this);
  }
}
