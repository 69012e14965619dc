package djbdns.tinydns.lookup;

import djbdns.tinydns.cdb.Cdb;
import djbdns.tinydns.cdb.CdbCursor;

/**
 * Finds a client's location: that of the longest prefix of whole octets in a {@code %} line
 * (tdlookup.c). Belongs to one thread.
 */
final class ClientLocation {
  private static final int NONE = 0;
  private static final int IPV4_BYTES = 4;

  /** NUL, percent sign, address. */
  private final byte[] key = new byte[2 + IPV4_BYTES];

  private final byte[] location = new byte[2];
  private final CdbCursor cursor = new CdbCursor();
  private Cdb cdb;

  ClientLocation() {
    key[1] = '%';
  }

  /** Looks into this database from now on; needed before the first client. */
  void use(Cdb database) {
    cdb = database;
    cursor.use(database);
  }

  /**
   * The client's location as two bytes, 0 for none. The lines know IPv4 only: an IPv6 client has
   * the location of the empty prefix.
   */
  int of(byte[] address, int addressLength) {
    int octets = addressLength == IPV4_BYTES ? IPV4_BYTES : 0;
    System.arraycopy(address, 0, key, 2, octets);
    for (int length = octets; length >= 0; length--) {
      cursor.find(key, 0, 2 + length);
      if (cursor.next()) {
        return read();
      }
    }
    return NONE;
  }

  private int read() {
    if (cursor.dataLength() != location.length) {
      return NONE;
    }
    cdb.copy(cursor.data(), location, 0, location.length);
    return ((location[0] & 0xff) << 8) | (location[1] & 0xff);
  }
}
