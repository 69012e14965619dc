package djbdns.tinydns.lookup;

import djbdns.tinydns.cdb.Cdb;
import djbdns.tinydns.cdb.CdbCursor;
import java.util.Arrays;

/**
 * Finds a client's location: that of the longest prefix of its address in a {@code %} line. Belongs
 * to one thread.
 *
 * <pre>
 * key    NUL, "%", the first octets of an IPv4 address (tdlookup.c)
 *        NUL, "%", 16 bytes of IPv6 address, later bits 0 | length in bits 1 |
 * data   | location 2 |
 * </pre>
 */
final class ClientLocation {
  static final int IPV6_KEY_BYTES = 2 + 16 + 1;

  private static final int NONE = 0;
  private static final int IPV4_BYTES = 4;
  private static final int IPV6_BYTES = 16;
  private static final int ADDRESS = 2;
  private static final int LENGTH = ADDRESS + IPV6_BYTES;

  private final byte[] key = new byte[IPV6_KEY_BYTES];
  private final byte[] location = new byte[2];
  private final CdbCursor cursor = new CdbCursor();
  private Cdb cdb;
  private Ipv6Lengths ipv6Lengths = new Ipv6Lengths();

  ClientLocation() {
    key[1] = '%';
  }

  /** Looks into these data from now on; needed before the first client. */
  void use(ZoneData data) {
    cdb = data.cdb();
    ipv6Lengths = data.ipv6Lengths();
    cursor.use(cdb);
  }

  /**
   * The client's location as two bytes, 0 for none. An IPv6 client that no IPv6 prefix covers has
   * the location of the empty prefix.
   */
  int of(byte[] address, int addressLength) {
    System.arraycopy(address, 0, key, ADDRESS, addressLength);
    if (addressLength == IPV6_BYTES && findIpv6()) {
      return read();
    }
    for (int length = addressLength == IPV4_BYTES ? IPV4_BYTES : 0; length >= 0; length--) {
      if (find(ADDRESS + length)) {
        return read();
      }
    }
    return NONE;
  }

  private boolean findIpv6() {
    int bits = ipv6Lengths.below(Ipv6Lengths.MAX_BITS + 1);
    while (bits != Ipv6Lengths.NONE) {
      keep(bits);
      if (find(IPV6_KEY_BYTES)) {
        return true;
      }
      bits = ipv6Lengths.below(bits);
    }
    return false;
  }

  /** Makes the key that of a prefix of the address that it holds, or held a longer prefix of. */
  private void keep(int bits) {
    int whole = ADDRESS + bits / Byte.SIZE;
    if (whole < LENGTH) {
      key[whole] &= (byte) (0xff00 >> (bits % Byte.SIZE));
      Arrays.fill(key, whole + 1, LENGTH, (byte) 0);
    }
    key[LENGTH] = (byte) bits;
  }

  private boolean find(int keyLength) {
    cursor.find(key, 0, keyLength);
    return cursor.next();
  }

  private int read() {
    if (cursor.dataLength() != location.length) {
      return NONE;
    }
    cdb.copy(cursor.data(), location, 0, location.length);
    return ((location[0] & 0xff) << 8) | (location[1] & 0xff);
  }
}
