package djbdns.wire.rdata;

import djbdns.wire.Name;
import djbdns.wire.RecordType;

/**
 * An authoritative server of a zone (RFC 1035, 3.3.11).
 *
 * <pre>
 * +--------------+
 * | server: name |
 * +--------------+
 * </pre>
 */
public record Ns(Name server) implements Rdata {
  static <E extends Exception> Ns from(RdataSource<E> in) throws E {
    return new Ns(in.compressibleName());
  }

  @Override
  public RecordType type() {
    return RecordType.NS;
  }

  @Override
  public void to(RdataSink sink) {
    sink.compressibleName(server);
  }

  @Override
  public String toString() {
    return TextSink.of(this);
  }
}
