package djbdns.tinydns.zone;

/** Names of PTR records for addresses, in wire form. */
final class ReverseName {
  private static final String IPV4_SUFFIX = "\7in-addr\4arpa\0";
  private static final String IPV6_SUFFIX = "\3ip6\4arpa\0";

  private ReverseName() {}

  /**
   * Appends {@code d.c.b.a.in-addr.arpa} for the address a.b.c.d, or the 32 hexadecimal digits of
   * an IPv6 address, last one first, a label each, and {@code ip6.arpa} (RFC 3596, 2.5).
   */
  static void put(ByteBuilder out, Address address) {
    switch (address) {
      case Address.Ipv4 ipv4 -> {
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
          putDecimal(out, (ipv4.bits() >>> shift) & 0xff);
        }
        out.put(IPV4_SUFFIX);
      }
      case Address.Ipv6 ipv6 -> {
        for (int i = ipv6.bytes().length() - 1; i >= 0; i--) {
          putDigit(out, ipv6.bytes().at(i) & 0xf);
          putDigit(out, ipv6.bytes().at(i) >>> 4);
        }
        out.put(IPV6_SUFFIX);
      }
    }
  }

  private static void putDecimal(ByteBuilder out, int octet) {
    out.put8(octet >= 100 ? 3 : octet >= 10 ? 2 : 1);
    if (octet >= 100) {
      out.put8('0' + octet / 100);
    }
    if (octet >= 10) {
      out.put8('0' + octet / 10 % 10);
    }
    out.put8('0' + octet % 10);
  }

  private static void putDigit(ByteBuilder out, int digit) {
    out.put8(1).put8(Character.forDigit(digit, 16));
  }
}
