package djbdns.wire.rdata;

import djbdns.wire.Bytes;
import djbdns.wire.Codes;
import djbdns.wire.RecordType;

/**
 * A host's hardware and system (RFC 1035, 3.3.2); also the answer to ANY (RFC 8482, 4.2).
 *
 * <pre>
 * +-------------+------------+
 * | cpu: string | os: string |
 * +-------------+------------+
 * </pre>
 */
public record Hinfo(Bytes cpu, Bytes os) implements Rdata {
  public Hinfo {
    Codes.checkLength(cpu, 0, 255);
    Codes.checkLength(os, 0, 255);
  }

  static <E extends Exception> Hinfo from(RdataSource<E> in) throws E {
    return new Hinfo(in.string(), in.string());
  }

  @Override
  public RecordType type() {
    return RecordType.HINFO;
  }

  @Override
  public void to(RdataSink sink) {
    sink.string(cpu);
    sink.string(os);
  }

  @Override
  public String toString() {
    return TextSink.of(this);
  }
}
