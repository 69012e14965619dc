package djbdns.wire.rdata;

import djbdns.wire.Bytes;
import djbdns.wire.Codes;
import djbdns.wire.RecordType;

/**
 * How a zone's names are hashed (RFC 5155, 4.2). Salt 0 to 255 bytes.
 *
 * <pre>
 * +--------+---------+---------------+-----+---------+
 * | hash 8 | flags 8 | iterations 16 | n 8 | salt: n |
 * +--------+---------+---------------+-----+---------+
 * </pre>
 */
public record Nsec3param(int hashAlgorithm, int flags, int iterations, Bytes salt)
    implements Rdata {
  public Nsec3param {
    Codes.checkU8(hashAlgorithm);
    Codes.checkU8(flags);
    Codes.checkU16(iterations);
    Codes.checkLength(salt, 0, 255);
  }

  static <E extends Exception> Nsec3param from(RdataSource<E> in) throws E {
    return new Nsec3param(in.u8(), in.u8(), in.u16(), in.countedHex());
  }

  @Override
  public RecordType type() {
    return RecordType.NSEC3PARAM;
  }

  @Override
  public void to(RdataSink sink) {
    sink.u8(hashAlgorithm);
    sink.u8(flags);
    sink.u16(iterations);
    sink.countedHex(salt);
  }

  @Override
  public String toString() {
    return TextSink.of(this);
  }
}
