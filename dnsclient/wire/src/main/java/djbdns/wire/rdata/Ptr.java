package djbdns.wire.rdata;

import djbdns.wire.Name;
import djbdns.wire.RecordType;

/**
 * A name that an address or another name points to (RFC 1035, 3.3.12).
 *
 * <pre>
 * +--------------+
 * | target: name |
 * +--------------+
 * </pre>
 */
public record Ptr(Name target) implements Rdata {
  static <E extends Exception> Ptr from(RdataSource<E> in) throws E {
    return new Ptr(in.compressibleName());
  }

  @Override
  public RecordType type() {
    return RecordType.PTR;
  }

  @Override
  public void to(RdataSink sink) {
    sink.compressibleName(target);
  }

  @Override
  public String toString() {
    return TextSink.of(this);
  }
}
