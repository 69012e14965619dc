package djbdns.wire.rdata;

import djbdns.wire.AddressText;
import djbdns.wire.Bytes;
import djbdns.wire.Codes;
import djbdns.wire.MalformedPacketException;
import djbdns.wire.MalformedTextException;
import djbdns.wire.PacketReader;
import djbdns.wire.text.TextScanner;
import java.util.Arrays;
import java.util.Optional;

/**
 * Networks of IPv4 (family 1) and IPv6 (family 2) in text as {@code !1:192.0.2.0/24}, where the
 * exclamation mark is negation (RFC 3123, 4 and 5). Zero bytes at the end of an address are left
 * out.
 *
 * <pre>
 * +-----------+----------+-----------------------+---------+
 * | family 16 | prefix 8 | negation 1, bytes n 7 | address |  repeated
 * +-----------+----------+-----------------------+---------+
 * </pre>
 */
final class PrefixList implements Form, OwnField {
  private static final int HEAD_BYTES = 4;
  private static final int NEGATION = 0x80;

  @Override
  public <E extends Exception> void copy(RdataSource<E> in, RdataSink out) throws E {
    while (in.hasMore()) {
      Field.copy(this, in, out);
    }
  }

  /** Malformed lists are not those of other families. */
  @Override
  public boolean covers(Bytes data) {
    PacketReader reader = data.toReader();
    boolean known = true;
    try {
      while (reader.remaining() > 0) {
        Bytes network = read(reader);
        known &= network.at(0) == 0 && (network.at(1) == 1 || network.at(1) == 2);
      }
    } catch (IllegalArgumentException | MalformedPacketException e) {
      return true;
    }
    return known;
  }

  @Override
  public Bytes read(PacketReader reader) throws MalformedPacketException {
    int family = reader.readU16();
    int prefix = reader.readU8();
    int flags = reader.readU8();
    Bytes address = Bytes.owning(reader.readBytes(flags & ~NEGATION));
    if (address.length() > addressBytes(family) || !Bits.isShort(address)) {
      throw new IllegalArgumentException("bad address in network");
    }
    return join(family, prefix, flags & NEGATION, address);
  }

  /** The most that an address can have. */
  private static int addressBytes(int family) {
    return switch (family) {
      case 1 -> AddressText.IPV4_BYTES;
      case 2 -> AddressText.IPV6_BYTES;
      default -> ~NEGATION & 0xff;
    };
  }

  private static Bytes join(int family, int prefix, int negation, Bytes address) {
    Codes.check(prefix, Math.min(0xff, 8 * addressBytes(family)));
    ByteSink out = new ByteSink();
    out.u16(family);
    out.u8(prefix);
    out.u8(negation | address.length());
    out.bytes(address);
    return out.toBytes();
  }

  @Override
  public Bytes parse(TextScanner words) throws MalformedTextException {
    String word = words.next();
    String network = word.startsWith("!") ? word.substring(1) : word;
    int slash = network.indexOf('/');
    if (slash < 0 || !(network.startsWith("1:") || network.startsWith("2:"))) {
      throw bad(word);
    }
    int family = network.charAt(0) - '0';
    String text = network.substring(2, slash);
    Optional<Bytes> address =
        family == 1 ? AddressText.parseIpv4(text) : AddressText.parseIpv6(text);
    Optional<Long> prefix = Codes.parseDecimal(network.substring(slash + 1), 0xff);
    return join(
        family,
        prefix.orElseThrow(() -> bad(word)).intValue(),
        word.equals(network) ? 0 : NEGATION,
        withoutZeros(address.orElseThrow(() -> bad(word))));
  }

  private static MalformedTextException bad(String word) {
    return new MalformedTextException("bad network: " + word);
  }

  private static Bytes withoutZeros(Bytes address) {
    int length = address.length();
    while (length > 0 && address.at(length - 1) == 0) {
      length--;
    }
    return Bytes.owning(Arrays.copyOf(address.toArray(), length));
  }

  @Override
  public String toText(Bytes wire) {
    byte[] bytes = wire.toArray();
    byte[] address = Arrays.copyOfRange(bytes, HEAD_BYTES, HEAD_BYTES + addressBytes(wire.at(1)));
    return (wire.at(3) < NEGATION ? "" : "!")
        + wire.at(1)
        + ":"
        + AddressText.of(Bytes.owning(address))
        + "/"
        + wire.at(2);
  }
}
