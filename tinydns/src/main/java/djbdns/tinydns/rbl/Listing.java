package djbdns.tinydns.rbl;

import djbdns.tinydns.cdb.CdbCursor;
import djbdns.wire.AddressPrefix;
import djbdns.wire.AddressText;
import djbdns.wire.PacketWriter;
import djbdns.wire.RecordClass;
import djbdns.wire.RecordType;
import djbdns.wire.Section;

/**
 * True if an address is listed, and the records that say so. Belongs to one thread; allocates
 * nothing.
 */
final class Listing {
  private static final long TTL_SECONDS = 2048;
  private static final int ADDRESS_BYTES = AddressText.IPV4_BYTES;

  private final CdbCursor cursor = new CdbCursor();
  private final byte[] key = new byte[AddressText.IPV6_BYTES + 1];
  private final byte[] text = new byte[RblData.ANSWER_BYTES + AddressBytes.MOST_BYTES];
  private RblData data;

  void use(RblData newer) {
    data = newer;
    cursor.use(newer.cdb());
  }

  /** True if a block with the address is listed; 4 or 16 bytes. */
  boolean contains(byte[] address, int length) {
    System.arraycopy(address, 0, key, 0, length);
    for (byte bits : data.lengths(length)) {
      // Each length is shorter than the one before.
      AddressPrefix.mask(key, length, bits & 0xff);
      key[length] = bits;
      cursor.find(key, 0, length + 1);
      if (cursor.next()) {
        return true;
      }
    }
    return false;
  }

  /**
   * Writes the records of a listed address that the question asks for.
   *
   * @return false if they do not fit
   */
  boolean write(byte[] name, int type, byte[] address, int length, PacketWriter out) {
    boolean any = type == RecordType.ANY.code();
    return (!(any || type == RecordType.A.code()) || writeAddress(name, out))
        && (!(any || type == RecordType.TXT.code()) || writeText(name, address, length, out));
  }

  private boolean writeAddress(byte[] name, PacketWriter out) {
    if (!begin(name, RecordType.A, out) || !out.addBytes(data.answer(), 0, ADDRESS_BYTES)) {
      return false;
    }
    out.endRecord(Section.ANSWER);
    return true;
  }

  /** A dollar sign at the end stands for the address. */
  private boolean writeText(byte[] name, byte[] address, int length, PacketWriter out) {
    byte[] answer = data.answer();
    int textLength = answer.length - ADDRESS_BYTES;
    System.arraycopy(answer, ADDRESS_BYTES, text, 0, textLength);
    if (textLength > 0 && text[textLength - 1] == '$') {
      textLength = AddressBytes.write(address, length, text, textLength - 1);
    }
    if (!begin(name, RecordType.TXT, out)
        || !out.addU8(textLength)
        || !out.addBytes(text, 0, textLength)) {
      return false;
    }
    out.endRecord(Section.ANSWER);
    return true;
  }

  private static boolean begin(byte[] name, RecordType type, PacketWriter out) {
    return out.beginRecord(name, 0, type.code(), RecordClass.IN.code(), TTL_SECONDS);
  }
}
