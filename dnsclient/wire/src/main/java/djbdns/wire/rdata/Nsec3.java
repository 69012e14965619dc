package djbdns.wire.rdata;

import djbdns.wire.Bytes;
import djbdns.wire.Codes;
import djbdns.wire.RecordType;

/**
 * The next hashed name of a zone, and the types at this one (RFC 5155, 3.2). Salt 0 to 255 bytes,
 * hash 1 to 255.
 *
 * <pre>
 * +--------+---------+---------------+-----+---------+-----+--------------+
 * | hash 8 | flags 8 | iterations 16 | n 8 | salt: n | m 8 | next hash: m |
 * +--------+---------+---------------+-----+---------+-----+--------------+
 * +---------------+
 * | types: bitmap |
 * +---------------+
 * </pre>
 */
public record Nsec3(
    int hashAlgorithm, int flags, int iterations, Bytes salt, Bytes nextHash, TypeBitmap types)
    implements Rdata {
  public Nsec3 {
    Codes.checkU8(hashAlgorithm);
    Codes.checkU8(flags);
    Codes.checkU16(iterations);
    Codes.checkLength(salt, 0, 255);
    Codes.checkLength(nextHash, 1, 255);
  }

  static <E extends Exception> Nsec3 from(RdataSource<E> in) throws E {
    return new Nsec3(in.u8(), in.u8(), in.u16(), in.countedHex(), in.countedBase32(), in.types());
  }

  @Override
  public RecordType type() {
    return RecordType.NSEC3;
  }

  @Override
  public void to(RdataSink sink) {
    sink.u8(hashAlgorithm);
    sink.u8(flags);
    sink.u16(iterations);
    sink.countedHex(salt);
    sink.countedBase32(nextHash);
    sink.types(types);
  }

  @Override
  public String toString() {
    return TextSink.of(this);
  }
}
