package djbdns.tinydns.zone;

import djbdns.wire.AddressText;
import djbdns.wire.Bytes;
import java.util.Optional;

/**
 * Addresses that have their first bits in common.
 *
 * @param address any of them
 * @param bits how many are common: 0 to 32 for IPv4, 0 to 128 for IPv6
 */
public record Network(Address address, int bits) {
  /**
   * A network in the form {@code 192.0.2.64/26} or {@code 2001_db8__/32}. Trailing octets of IPv4
   * may be left out; IPv6 without a length is one address.
   */
  static Optional<Network> parse(String text) {
    int slash = text.indexOf('/');
    String first = slash < 0 ? text : text.substring(0, slash);
    Optional<Address> ipv6 = Address.parseIpv6(first);
    int maxBits = ipv6.isPresent() ? Byte.SIZE * AddressText.IPV6_BYTES : Integer.SIZE;
    int bits = slash < 0 ? maxBits : decimal(text.substring(slash + 1), maxBits);
    if (bits < 0) {
      return Optional.empty();
    }
    return ipv6.or(() -> octets(first)).map(address -> new Network(address, bits));
  }

  /** A number of one to three digits; -1 if it is anything else, or bigger than {@code max}. */
  private static int decimal(String text, int max) {
    boolean digits = !text.isEmpty() && text.length() <= 3;
    int value = 0;
    for (int i = 0; digits && i < text.length(); i++) {
      digits = text.charAt(i) >= '0' && text.charAt(i) <= '9';
      value = 10 * value + text.charAt(i) - '0';
    }
    return digits && value <= max ? value : -1;
  }

  private static Optional<Address> octets(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length > AddressText.IPV4_BYTES) {
      return Optional.empty();
    }
    int bits = 0;
    for (int i = 0; i < parts.length; i++) {
      int octet = decimal(parts[i], 255);
      if (octet < 0) {
        return Optional.empty();
      }
      bits |= octet << (Integer.SIZE - Byte.SIZE * (i + 1));
    }
    return Optional.of(new Address.Ipv4(bits));
  }

  /** The same network, named by its first address: all bits but the common ones are 0. */
  Network masked() {
    return new Network(
        switch (address) {
          case Address.Ipv4 ipv4 -> new Address.Ipv4(bits == 0 ? 0 : ipv4.bits() & (-1 << -bits));
          case Address.Ipv6 ipv6 -> new Address.Ipv6(masked(ipv6.bytes().toArray()));
        },
        bits);
  }

  private Bytes masked(byte[] bytes) {
    for (int i = 0; i < bytes.length; i++) {
      int kept = Math.clamp(bits - (long) Byte.SIZE * i, 0, Byte.SIZE);
      bytes[i] &= (byte) (0xff00 >> kept);
    }
    return Bytes.of(bytes);
  }

  /** The octets that all addresses start with, a character each, if those say it all; IPv4. */
  Optional<String> octets() {
    if (!(address instanceof Address.Ipv4 ipv4) || bits % Byte.SIZE != 0) {
      return Optional.empty();
    }
    StringBuilder octets = new StringBuilder();
    for (int i = Byte.SIZE; i <= bits; i += Byte.SIZE) {
      octets.append((char) ((ipv4.bits() >>> (Integer.SIZE - i)) & 0xff));
    }
    return Optional.of(octets.toString());
  }

  /** As {@link #parse} reads it. */
  @Override
  public String toString() {
    return address + "/" + bits;
  }
}
