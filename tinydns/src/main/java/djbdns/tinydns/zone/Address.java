package djbdns.tinydns.zone;

import djbdns.wire.AddressText;
import djbdns.wire.Bytes;
import java.nio.ByteBuffer;
import java.util.Optional;

/** An IP address in a data line; its text is the one that a data line spells it with. */
public sealed interface Address {
  /**
   * An IPv4 address.
   *
   * @param bits its four bytes, the first one high
   */
  record Ipv4(int bits) implements Address {
    @Override
    public String toString() {
      return (bits >>> 24)
          + "."
          + ((bits >>> 16) & 0xff)
          + "."
          + ((bits >>> 8) & 0xff)
          + "."
          + (bits & 0xff);
    }
  }

  /**
   * An IPv6 address; {@code _} in its text stands for the colon, which ends fields.
   *
   * @param bytes 16 bytes
   */
  record Ipv6(Bytes bytes) implements Address {
    @Override
    public String toString() {
      return AddressText.ofIpv6(bytes).replace(':', '_');
    }
  }

  /**
   * An address on a command line: IPv4 or, as {@link #parseIpv6} reads it, IPv6; empty if all of
   * the text is neither. 1.05 takes 192.0.2.300 for 192.0.2.44 (ip4_scan.c), which nobody has
   * meant.
   */
  static Optional<Address> parse(String text) {
    Optional<Address> ipv4 =
        AddressText.parseIpv4(text)
            .map(bytes -> new Ipv4(ByteBuffer.wrap(bytes.toArray()).getInt()));
    return ipv4.isPresent() ? ipv4 : parseIpv6(text);
  }

  /**
   * Four numbers and three dots, as 1.05 reads them: each number modulo 256, whatever follows the
   * fourth left unread.
   */
  static Optional<Address> scanIpv4(DecimalScanner scanner) {
    int bits = 0;
    for (int octet = 0; octet < AddressText.IPV4_BYTES; octet++) {
      if ((octet > 0 && !scanner.skip('.')) || !scanner.number(255)) {
        return Optional.empty();
      }
      bits = (bits << 8) | ((int) scanner.value() & 0xff);
    }
    return Optional.of(new Ipv4(bits));
  }

  /**
   * An IPv6 address in a form of RFC 4291, 2.2, with colons or underscores, or as 32 hexadecimal
   * digits.
   */
  static Optional<Address> parseIpv6(String text) {
    return (isFlat(text)
            ? Optional.of(Bytes.ofHex(text))
            : AddressText.parseIpv6(text.replace('_', ':')))
        .map(Ipv6::new);
  }

  private static boolean isFlat(String text) {
    boolean flat = text.length() == 2 * AddressText.IPV6_BYTES;
    for (int i = 0; flat && i < text.length(); i++) {
      flat = text.charAt(i) <= 'f' && Character.digit(text.charAt(i), 16) >= 0;
    }
    return flat;
  }
}
