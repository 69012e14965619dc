package djbdns.dnscache;

import djbdns.wire.AddressText;
import djbdns.wire.Bytes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The clients that may ask: the names of the files in the directory {@code ip} (okclient.c).
 * Immutable.
 *
 * <p>{@code 10}, {@code 10.1}, {@code 10.1.2} and {@code 10.1.2.3} allow IPv4 clients whose address
 * starts with these octets, {@code 2001:db8::1} one IPv6 client. With an underscore in place of the
 * slash that a file name cannot hold, {@code 10.0.0.0_8} and {@code 2001:db8::_32} are prefixes;
 * bits behind the prefix mean nothing. IPv4 clients of an IPv6 socket ({@code ::ffff:10.1.2.3})
 * count as IPv4.
 */
final class ClientAccess {
  /** Nobody. */
  static final ClientAccess NOBODY = of(List.of());

  private static final int IPV4_BITS = 32;
  private static final int IPV6_BITS = 128;
  private static final int MAPPED_BITS = 96;
  private static final int LOOPBACK_OCTET = 127;

  /** The first 96 bits of IPv4 addresses in IPv6 (RFC 4291, 2.5.5.2), in their second half. */
  private static final long MAPPED_LOW = 0xffffL << 32;

  private final AddressRanges ipv4;
  private final AddressRanges ipv6;
  private final boolean allowsOthers;
  private final List<String> unknown;

  private ClientAccess(
      AddressRanges ipv4, AddressRanges ipv6, boolean allowsOthers, List<String> unknown) {
    this.ipv4 = ipv4;
    this.ipv6 = ipv6;
    this.allowsOthers = allowsOthers;
    this.unknown = List.copyOf(unknown);
  }

  /** From names of files. */
  static ClientAccess of(Collection<String> names) {
    List<AddressRanges.Range> ipv4 = new ArrayList<>();
    List<AddressRanges.Range> ipv6 = new ArrayList<>();
    List<String> unknown = new ArrayList<>();
    boolean allowsOthers = false;
    for (String name : names) {
      Optional<Prefix> prefix = Prefix.parse(name);
      allowsOthers |= prefix.filter(parsed -> !parsed.isLoopback()).isPresent();
      if (prefix.isEmpty()) {
        unknown.add(name);
      } else if (prefix.get().isIpv4()) {
        ipv4.add(prefix.get().range());
      } else {
        ipv6.add(prefix.get().range());
      }
    }
    return new ClientAccess(
        new AddressRanges(ipv4), new AddressRanges(ipv6), allowsOthers, unknown);
  }

  /** True if others than this host may ask. */
  boolean allowsOthers() {
    return allowsOthers;
  }

  /** The names that mean nothing. */
  List<String> unknown() {
    return unknown;
  }

  /**
   * True if a client may ask. Allocates nothing and calls nobody.
   *
   * @param address in network order, from the start of the array
   * @param length 4 or 16
   */
  boolean allows(byte[] address, int length) {
    if (length == AddressText.IPV4_BYTES) {
      return ipv4.contains(0, number(address, 0, length));
    }
    long high = number(address, 0, Long.BYTES);
    long low = number(address, Long.BYTES, Long.BYTES);
    return isMapped(high, low) ? ipv4.contains(0, low ^ MAPPED_LOW) : ipv6.contains(high, low);
  }

  private static boolean isMapped(long high, long low) {
    return high == 0 && low >>> IPV4_BITS == MAPPED_LOW >>> IPV4_BITS;
  }

  private static long number(byte[] address, int offset, int length) {
    long value = 0;
    for (int i = offset; i < offset + length; i++) {
      value = value << 8 | (address[i] & 0xff);
    }
    return value;
  }

  /** A file's name. */
  private record Prefix(AddressRanges.Bits address, int bits, boolean isIpv4) {
    static Optional<Prefix> parse(String name) {
      int underscore = name.indexOf('_');
      if (underscore < 0) {
        return name.indexOf(':') < 0 ? ofOctets(name) : of(name, IPV6_BITS);
      }
      int bits = bits(name.substring(underscore + 1));
      return bits < 0 ? Optional.empty() : of(name.substring(0, underscore), bits);
    }

    /** One to four octets. */
    private static Optional<Prefix> ofOctets(String name) {
      int octets = name.split("\\.", -1).length;
      int missing = AddressText.IPV4_BYTES - octets;
      return missing < 0 ? Optional.empty() : of(name + ".0".repeat(missing), 8 * octets);
    }

    private static Optional<Prefix> of(String text, int bits) {
      Optional<Bytes> parsed = AddressText.parse(text);
      if (parsed.isEmpty() || bits > 8 * parsed.get().length()) {
        return Optional.empty();
      }
      byte[] address = parsed.get().toArray();
      if (address.length == AddressText.IPV4_BYTES) {
        long low = number(address, 0, address.length);
        return Optional.of(new Prefix(new AddressRanges.Bits(0, low), bits, true));
      }
      long high = number(address, 0, Long.BYTES);
      long low = number(address, Long.BYTES, Long.BYTES);
      return isMapped(high, low) && bits >= MAPPED_BITS
          ? Optional.of(
              new Prefix(new AddressRanges.Bits(0, low ^ MAPPED_LOW), bits - MAPPED_BITS, true))
          : Optional.of(new Prefix(new AddressRanges.Bits(high, low), bits, false));
    }

    /** -1 if the text is not a number of up to three digits. */
    private static int bits(String text) {
      boolean isNumber = !text.isEmpty() && text.length() <= 3;
      for (int i = 0; i < text.length(); i++) {
        isNumber = isNumber && text.charAt(i) >= '0' && text.charAt(i) <= '9';
      }
      return isNumber ? Integer.parseInt(text) : -1;
    }

    boolean isLoopback() {
      return isIpv4
          ? bits >= 8 && address.low() >>> 24 == LOOPBACK_OCTET
          : bits == IPV6_BITS && address.high() == 0 && address.low() == 1;
    }

    AddressRanges.Range range() {
      return AddressRanges.Range.ofPrefix(address, (isIpv4 ? IPV4_BITS : IPV6_BITS) - bits);
    }
  }
}
