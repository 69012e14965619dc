package djbdns.wire.rdata;

import djbdns.wire.Codes;
import djbdns.wire.Name;
import djbdns.wire.RecordType;

/**
 * {@link Svcb} for the scheme https (RFC 9460, 9).
 *
 * <pre>
 * +-------------+--------------+------------+
 * | priority 16 | target: name | parameters |
 * +-------------+--------------+------------+
 * </pre>
 */
public record Https(int priority, Name target, SvcParams params) implements Rdata {
  public Https {
    Codes.checkU16(priority);
  }

  static <E extends Exception> Https from(RdataSource<E> in) throws E {
    return new Https(in.u16(), in.name(), in.svcParams());
  }

  @Override
  public RecordType type() {
    return RecordType.HTTPS;
  }

  @Override
  public void to(RdataSink sink) {
    sink.u16(priority);
    sink.name(target);
    sink.svcParams(params);
  }

  @Override
  public String toString() {
    return TextSink.of(this);
  }
}
