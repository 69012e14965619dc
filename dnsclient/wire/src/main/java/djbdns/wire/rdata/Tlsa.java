package djbdns.wire.rdata;

import djbdns.wire.Bytes;
import djbdns.wire.Codes;
import djbdns.wire.RecordType;

/**
 * A TLS certificate or key that a server must show (RFC 6698, 2.1).
 *
 * <pre>
 * +---------+------------+-----------------+------------------+
 * | usage 8 | selector 8 | matching type 8 | association data |
 * +---------+------------+-----------------+------------------+
 * </pre>
 */
public record Tlsa(int usage, int selector, int matchingType, Bytes associationData)
    implements Rdata {
  public Tlsa {
    Codes.checkU8(usage);
    Codes.checkU8(selector);
    Codes.checkU8(matchingType);
  }

  static <E extends Exception> Tlsa from(RdataSource<E> in) throws E {
    return new Tlsa(in.u8(), in.u8(), in.u8(), in.hex());
  }

  @Override
  public RecordType type() {
    return RecordType.TLSA;
  }

  @Override
  public void to(RdataSink sink) {
    sink.u8(usage);
    sink.u8(selector);
    sink.u8(matchingType);
    sink.hex(associationData);
  }

  @Override
  public String toString() {
    return TextSink.of(this);
  }
}
