package djbdns.wire.rdata;

import djbdns.wire.Name;
import djbdns.wire.RecordType;

/**
 * The name that replaces the owner in every name below it (RFC 6672, 2.1); never compressed.
 *
 * <pre>
 * +--------------+
 * | target: name |
 * +--------------+
 * </pre>
 */
public record Dname(Name target) implements Rdata {
  static <E extends Exception> Dname from(RdataSource<E> in) throws E {
    return new Dname(in.name());
  }

  @Override
  public RecordType type() {
    return RecordType.DNAME;
  }

  @Override
  public void to(RdataSink sink) {
    sink.name(target);
  }

  @Override
  public String toString() {
    return TextSink.of(this);
  }
}
