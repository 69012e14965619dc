package djbdns.wire.rdata;

import djbdns.wire.Name;
import djbdns.wire.RecordType;

/**
 * The canonical name of an alias (RFC 1035, 3.3.1).
 *
 * <pre>
 * +--------------+
 * | target: name |
 * +--------------+
 * </pre>
 */
public record Cname(Name target) implements Rdata {
  static <E extends Exception> Cname from(RdataSource<E> in) throws E {
    return new Cname(in.compressibleName());
  }

  @Override
  public RecordType type() {
    return RecordType.CNAME;
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
