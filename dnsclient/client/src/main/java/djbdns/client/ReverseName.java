package djbdns.client;

import djbdns.wire.Bytes;
import djbdns.wire.Name;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** The names of the PTR records of addresses (dns_nd.c; RFC 3596, 2.5). */
public final class ReverseName {
  private static final int IPV4_BYTES = 4;

  private ReverseName() {}

  /**
   * {@code d.c.b.a.in-addr.arpa} for the IPv4 address a.b.c.d; the 32 hexadecimal digits of an IPv6
   * address, last one first, a label each, and {@code ip6.arpa}.
   *
   * @param address 4 or 16 bytes
   */
  public static Name of(Bytes address) {
    boolean isIpv4 = address.length() == IPV4_BYTES;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = address.length() - 1; i >= 0; i--) {
      int octet = address.at(i);
      if (isIpv4) {
        putLabel(out, Integer.toString(octet));
      } else {
        putLabel(out, Integer.toHexString(octet & 0xf));
        putLabel(out, Integer.toHexString(octet >> 4));
      }
    }
    putLabel(out, isIpv4 ? "in-addr" : "ip6");
    putLabel(out, "arpa");
    out.write(0);
    return Name.ofWire(out.toByteArray(), 0);
  }

  private static void putLabel(ByteArrayOutputStream out, String label) {
    out.write(label.length());
    out.writeBytes(label.getBytes(StandardCharsets.ISO_8859_1));
  }
}
