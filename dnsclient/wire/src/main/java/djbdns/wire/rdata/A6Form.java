package djbdns.wire.rdata;

import djbdns.wire.AddressText;
import djbdns.wire.Bytes;
import djbdns.wire.Codes;
import djbdns.wire.MalformedPacketException;
import djbdns.wire.MalformedTextException;
import djbdns.wire.PacketReader;
import djbdns.wire.text.TextScanner;
import java.util.Arrays;

/**
 * The low bits of an IPv6 address, and the name that has the high ones (RFC 2874, 3.1). A prefix of
 * 0 needs no name, one of 128 no address.
 *
 * <pre>
 * +------------------+------------------------+--------------+
 * | bits of prefix 8 | suffix: 0 to 16 bytes  | prefix: name |
 * +------------------+------------------------+--------------+
 * </pre>
 */
final class A6Form implements Form {
  private static final int MAX_PREFIX_BITS = 128;

  @Override
  public <E extends Exception> void copy(RdataSource<E> in, RdataSink out) throws E {
    int prefixBits = in.u8();
    Codes.check(prefixBits, MAX_PREFIX_BITS);
    out.u8(prefixBits);
    if (prefixBits < MAX_PREFIX_BITS) {
      Field.copy(new Suffix(prefixBits), in, out);
    }
    if (prefixBits > 0) {
      Field.NAME.copy(in, out);
    }
  }

  /** The bytes of an address that are not all prefix; bits of the prefix in them are 0. */
  private record Suffix(int prefixBits) implements OwnField {
    private int bytes() {
      return AddressText.IPV6_BYTES - prefixBits / 8;
    }

    private int mask() {
      return 0xff >> prefixBits % 8;
    }

    @Override
    public Bytes read(PacketReader reader) throws MalformedPacketException {
      Bytes suffix = Bytes.owning(reader.readBytes(bytes()));
      if ((suffix.at(0) & ~mask()) != 0) {
        throw new IllegalArgumentException("address has bits of the prefix");
      }
      return suffix;
    }

    @Override
    public Bytes parse(TextScanner words) throws MalformedTextException {
      String word = words.next();
      byte[] address =
          AddressText.parseIpv6(word)
              .orElseThrow(() -> new MalformedTextException("not an IPv6 address: " + word))
              .toArray();
      byte[] suffix = Arrays.copyOfRange(address, address.length - bytes(), address.length);
      suffix[0] &= (byte) mask();
      return Bytes.owning(suffix);
    }

    @Override
    public String toText(Bytes wire) {
      byte[] address = new byte[AddressText.IPV6_BYTES];
      System.arraycopy(wire.toArray(), 0, address, address.length - bytes(), bytes());
      return AddressText.ofIpv6(Bytes.owning(address));
    }
  }
}
