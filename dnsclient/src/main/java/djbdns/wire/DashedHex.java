package djbdns.wire;

import java.util.HexFormat;

/**
 * Bytes of two hexadecimal digits each with hyphens between them (RFC 7043, 3.2 and 4.2).
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
    if (word.length() != 3 * bytes - 1) {
      throw new MalformedTextException("not " + bytes + " bytes with hyphens: " + word);
    }
    return Bytes.owning(FORMAT.parseHex(word));
  }

  @Override
  public String toText(Bytes wire) {
    return FORMAT.formatHex(wire.toArray());
  }
}
