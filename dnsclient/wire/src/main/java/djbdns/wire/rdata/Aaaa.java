package djbdns.wire.rdata;

import djbdns.wire.AddressText;
import djbdns.wire.Bytes;
import djbdns.wire.Codes;
import djbdns.wire.RecordType;

/**
 * An IPv6 address (RFC 3596, 2.2).
 *
 * <pre>
 * +-------------------+
 * | address: 16 bytes |
 * +-------------------+
 * </pre>
 */
public record Aaaa(Bytes address) implements Rdata {
  public Aaaa {
    Codes.checkLength(address, AddressText.IPV6_BYTES, AddressText.IPV6_BYTES);
  }

  static <E extends Exception> Aaaa from(RdataSource<E> in) throws E {
    return new Aaaa(in.ipv6());
  }

  @Override
  public RecordType type() {
    return RecordType.AAAA;
  }

  @Override
  public void to(RdataSink sink) {
    sink.ipv6(address);
  }

  @Override
  public String toString() {
    return TextSink.of(this);
  }
}
