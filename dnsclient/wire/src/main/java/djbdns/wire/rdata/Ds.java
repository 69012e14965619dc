package djbdns.wire.rdata;

import djbdns.wire.Bytes;
import djbdns.wire.Codes;
import djbdns.wire.RecordType;

/**
 * The digest of a child zone's key (RFC 4034, 5.1).
 *
 * <pre>
 * +------------+-------------+---------------+--------+
 * | key tag 16 | algorithm 8 | digest type 8 | digest |
 * +------------+-------------+---------------+--------+
 * </pre>
 */
public record Ds(int keyTag, int algorithm, int digestType, Bytes digest) implements Rdata {
  public Ds {
    Codes.checkU16(keyTag);
    Codes.checkU8(algorithm);
    Codes.checkU8(digestType);
  }

  static <E extends Exception> Ds from(RdataSource<E> in) throws E {
    return new Ds(in.u16(), in.algorithm(), in.digestType(), in.hex());
  }

  @Override
  public RecordType type() {
    return RecordType.DS;
  }

  @Override
  public void to(RdataSink sink) {
    sink.u16(keyTag);
    sink.u8(algorithm);
    sink.u8(digestType);
    sink.hex(digest);
  }

  @Override
  public String toString() {
    return TextSink.of(this);
  }
}
