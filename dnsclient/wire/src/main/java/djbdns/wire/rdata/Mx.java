package djbdns.wire.rdata;

import djbdns.wire.Codes;
import djbdns.wire.Name;
import djbdns.wire.RecordType;

/**
 * A mail exchange (RFC 1035, 3.3.9); the lowest preference is tried first.
 *
 * <pre>
 * +---------------+----------------+
 * | preference 16 | exchange: name |
 * +---------------+----------------+
 * </pre>
 */
public record Mx(int preference, Name exchange) implements Rdata {
  public Mx {
    Codes.checkU16(preference);
  }

  static <E extends Exception> Mx from(RdataSource<E> in) throws E {
    return new Mx(in.u16(), in.compressibleName());
  }

  @Override
  public RecordType type() {
    return RecordType.MX;
  }

  @Override
  public void to(RdataSink sink) {
    sink.u16(preference);
    sink.compressibleName(exchange);
  }

  @Override
  public String toString() {
    return TextSink.of(this);
  }
}
