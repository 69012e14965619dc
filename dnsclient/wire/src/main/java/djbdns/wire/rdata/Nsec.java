package djbdns.wire.rdata;

import djbdns.wire.Name;
import djbdns.wire.RecordType;

/**
 * The next name of a zone, and the types at this one (RFC 4034, 4.1).
 *
 * <pre>
 * +------------+---------------+
 * | next: name | types: bitmap |
 * +------------+---------------+
 * </pre>
 */
public record Nsec(Name next, TypeBitmap types) implements Rdata {
  static <E extends Exception> Nsec from(RdataSource<E> in) throws E {
    return new Nsec(in.name(), in.types());
  }

  @Override
  public RecordType type() {
    return RecordType.NSEC;
  }

  @Override
  public void to(RdataSink sink) {
    sink.name(next);
    sink.types(types);
  }

  @Override
  public String toString() {
    return TextSink.of(this);
  }
}
