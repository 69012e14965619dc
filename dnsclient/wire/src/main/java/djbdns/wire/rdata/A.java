package djbdns.wire.rdata;

import djbdns.wire.AddressText;
import djbdns.wire.Bytes;
import djbdns.wire.Codes;
import djbdns.wire.RecordType;

/**
 * An IPv4 address (RFC 1035, 3.4.1).
 *
 * <pre>
 * +------------------+
 * | address: 4 bytes |
 * +------------------+
 * </pre>
 */
public record A(Bytes address) implements Rdata {
  public A {
    Codes.checkLength(address, AddressText.IPV4_BYTES, AddressText.IPV4_BYTES);
  }

  static <E extends Exception> A from(RdataSource<E> in) throws E {
    return new A(in.ipv4());
  }

  @Override
  public RecordType type() {
    return RecordType.A;
  }

  @Override
  public void to(RdataSink sink) {
    sink.ipv4(address);
  }

  @Override
  public String toString() {
    return TextSink.of(this);
  }
}
