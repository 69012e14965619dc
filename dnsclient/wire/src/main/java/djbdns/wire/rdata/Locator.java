package djbdns.wire.rdata;

import djbdns.wire.Bytes;
import djbdns.wire.MalformedPacketException;
import djbdns.wire.MalformedTextException;
import djbdns.wire.PacketReader;
import djbdns.wire.text.TextScanner;
import java.util.HexFormat;

/**
 * 64 bits as four groups of four hexadecimal digits with colons between them (RFC 6742, 2.1 and
 * 2.3). Zeros in front may be left out in what is read, as in BIND.
 */
final class Locator implements OwnField {
  private static final int GROUPS = 4;

  @Override
  public Bytes read(PacketReader reader) throws MalformedPacketException {
    return Bytes.owning(reader.readBytes(2 * GROUPS));
  }

  @Override
  public Bytes parse(TextScanner words) throws MalformedTextException {
    String word = words.next();
    String[] groups = word.split(":", -1);
    StringBuilder digits = new StringBuilder();
    for (String group : groups) {
      if (group.isEmpty() || group.length() > 4) {
        throw new MalformedTextException("bad locator: " + word);
      }
      digits.repeat('0', 4 - group.length()).append(group);
    }
    if (groups.length != GROUPS) {
      throw new MalformedTextException("bad locator: " + word);
    }
    return Bytes.ofHex(digits.toString());
  }

  @Override
  public String toText(Bytes wire) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < 2 * GROUPS; i += 2) {
      out.append(i == 0 ? "" : ":");
      out.append(HexFormat.of().toHexDigits((short) (wire.at(i) << 8 | wire.at(i + 1))));
    }
    return out.toString();
  }
}
