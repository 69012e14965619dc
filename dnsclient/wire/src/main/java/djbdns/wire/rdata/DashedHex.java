package djbdns.wire.rdata;

import djbdns.wire.Bytes;
import djbdns.wire.MalformedPacketException;
import djbdns.wire.MalformedTextException;
import djbdns.wire.PacketReader;
import djbdns.wire.text.TextScanner;
import java.util.HexFormat;

/**
 * Bytes of two hexadecimal digits each with hyphens between them (RFC 7043, 3.2 and 4.2). A byte of
 * one digit is read as well, as in BIND and NSD.
 *
 * @param bytes how many there are
 */
record DashedHex(int bytes) implements OwnField {
  private static final HexFormat FORMAT = HexFormat.ofDelimiter("-");

  @Override
  public Bytes read(PacketReader reader) throws MalformedPacketException {
    return Bytes.owning(reader.readBytes(bytes));
  }

  @Override
  public Bytes parse(TextScanner words) throws MalformedTextException {
    String word = words.next();
    String[] digits = word.split("-", -1);
    byte[] wire = new byte[bytes];
    if (digits.length != bytes) {
      throw malformed(word);
    }
    for (int i = 0; i < bytes; i++) {
      if (digits[i].isEmpty() || digits[i].length() > 2) {
        throw malformed(word);
      }
      wire[i] = (byte) HexFormat.fromHexDigits(digits[i]);
    }
    return Bytes.owning(wire);
  }

  private MalformedTextException malformed(String word) {
    return new MalformedTextException("not " + bytes + " bytes with hyphens: " + word);
  }

  @Override
  public String toText(Bytes wire) {
    return FORMAT.formatHex(wire.toArray());
  }
}
