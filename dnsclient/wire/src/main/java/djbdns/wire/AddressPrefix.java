package djbdns.wire;

import java.util.Optional;

/**
 * A block of addresses: those that start with the same bits (RFC 4632, 3.1; RFC 4291, 2.3).
 *
 * @param address 4 or 16 bytes; those behind the prefix are zero
 * @param bits length of the prefix, up to 8 for each byte of the address
 */
public record AddressPrefix(Bytes address, int bits) {
  private static final int MAPPED_BITS = 96;

  public AddressPrefix {
    if (bits < 0 || bits > 8 * address.length()) {
      throw new IllegalArgumentException("prefix of " + bits + " bits");
    }
    address = masked(address, bits);
  }

  private static Bytes masked(Bytes address, int bits) {
    byte[] bytes = address.toArray();
    mask(bytes, bytes.length, bits);
    return Bytes.of(bytes);
  }

  /** Sets all bits of an address to zero but the first ones. */
  public static void mask(byte[] address, int length, int bits) {
    for (int i = bits >> 3; i < length; i++) {
      int kept = Math.max(0, bits - 8 * i);
      address[i] &= (byte) (0xff00 >> kept);
    }
  }

  /** {@code 2001:db8::/32} or {@code 192.0.2.0/24}; an address alone is a block of one. */
  public static Optional<AddressPrefix> parse(String text) {
    int slash = text.indexOf('/');
    Optional<Bytes> address = AddressText.parse(slash < 0 ? text : text.substring(0, slash));
    if (address.isEmpty()) {
      return Optional.empty();
    }
    int most = 8 * address.get().length();
    Optional<Long> bits =
        slash < 0 ? Optional.of((long) most) : Codes.parseDecimal(text.substring(slash + 1), most);
    return bits.map(length -> new AddressPrefix(address.get(), length.intValue()));
  }

  /** True if all its addresses are IPv4-mapped IPv6 addresses (RFC 4291, 2.5.5.2). */
  public boolean isMappedIpv4() {
    if (address.length() != AddressText.IPV6_BYTES || bits < MAPPED_BITS) {
      return false;
    }
    for (int i = 0; i < 12; i++) {
      if (address.at(i) != (i < 10 ? 0 : 0xff)) {
        return false;
      }
    }
    return true;
  }

  /** The first address, {@code /} and the length. */
  @Override
  public String toString() {
    return AddressText.of(address) + "/" + bits;
  }
}
