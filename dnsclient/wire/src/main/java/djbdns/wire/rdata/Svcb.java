package djbdns.wire.rdata;

import djbdns.wire.Codes;
import djbdns.wire.Name;
import djbdns.wire.RecordType;

/**
 * Where and how a service is reached (RFC 9460, 2); priority 0 makes an alias.
 *
 * <pre>
 * +-------------+--------------+------------+
 * | priority 16 | target: name | parameters |
 * +-------------+--------------+------------+
 * </pre>
 */
public record Svcb(int priority, Name target, SvcParams params) implements Rdata {
  public Svcb {
    Codes.checkU16(priority);
  }

  static <E extends Exception> Svcb from(RdataSource<E> in) throws E {
    return new Svcb(in.u16(), in.name(), in.svcParams());
  }

  @Override
  public RecordType type() {
    return RecordType.SVCB;
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
