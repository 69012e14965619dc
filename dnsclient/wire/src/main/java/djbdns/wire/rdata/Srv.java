package djbdns.wire.rdata;

import djbdns.wire.Codes;
import djbdns.wire.Name;
import djbdns.wire.RecordType;

/**
 * A server of a service (RFC 2782); the target is read compressed, but never written so (RFC 3597,
 * 4).
 *
 * <pre>
 * +-------------+-----------+---------+--------------+
 * | priority 16 | weight 16 | port 16 | target: name |
 * +-------------+-----------+---------+--------------+
 * </pre>
 */
public record Srv(int priority, int weight, int port, Name target) implements Rdata {
  public Srv {
    Codes.checkU16(priority);
    Codes.checkU16(weight);
    Codes.checkU16(port);
  }

  static <E extends Exception> Srv from(RdataSource<E> in) throws E {
    return new Srv(in.u16(), in.u16(), in.u16(), in.compressibleName());
  }

  @Override
  public RecordType type() {
    return RecordType.SRV;
  }

  @Override
  public void to(RdataSink sink) {
    sink.u16(priority);
    sink.u16(weight);
    sink.u16(port);
    sink.name(target);
  }

  @Override
  public String toString() {
    return TextSink.of(this);
  }
}
