package djbdns.wire.rdata;

import djbdns.wire.Bytes;
import djbdns.wire.Codes;
import djbdns.wire.Name;
import djbdns.wire.RecordType;

/**
 * A rewriting rule (RFC 3403, 4.1); the replacement is read compressed, but never written so (RFC
 * 3597, 4).
 *
 * <pre>
 * +----------+---------------+---------------+------------------+----------------+
 * | order 16 | preference 16 | flags: string | services: string | regexp: string |
 * +----------+---------------+---------------+------------------+----------------+
 * +-------------------+
 * | replacement: name |
 * +-------------------+
 * </pre>
 */
public record Naptr(
    int order, int preference, Bytes flags, Bytes services, Bytes regexp, Name replacement)
    implements Rdata {
  public Naptr {
    Codes.checkU16(order);
    Codes.checkU16(preference);
    Codes.checkLength(flags, 0, 255);
    Codes.checkLength(services, 0, 255);
    Codes.checkLength(regexp, 0, 255);
  }

  static <E extends Exception> Naptr from(RdataSource<E> in) throws E {
    return new Naptr(
        in.u16(), in.u16(), in.string(), in.string(), in.string(), in.compressibleName());
  }

  @Override
  public RecordType type() {
    return RecordType.NAPTR;
  }

  @Override
  public void to(RdataSink sink) {
    sink.u16(order);
    sink.u16(preference);
    sink.string(flags);
    sink.string(services);
    sink.string(regexp);
    sink.name(replacement);
  }

  @Override
  public String toString() {
    return TextSink.of(this);
  }
}
