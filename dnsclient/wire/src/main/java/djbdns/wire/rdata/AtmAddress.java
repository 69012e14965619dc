package djbdns.wire.rdata;

import djbdns.wire.Bytes;
import djbdns.wire.MalformedPacketException;
import djbdns.wire.MalformedTextException;
import djbdns.wire.PacketReader;
import djbdns.wire.text.TextScanner;

/**
 * An ATM address (ATM Name System 1.0, 3): format 0 are bytes in hexadecimal, format 1 is a plus
 * sign and decimal digits (E.164). Single dots may stand between digits.
 *
 * <pre>
 * +----------+---------+
 * | format 8 | address |
 * +----------+---------+
 * </pre>
 */
final class AtmAddress implements Form, OwnField {
  @Override
  public <E extends Exception> void copy(RdataSource<E> in, RdataSink out) throws E {
    Field.copy(this, in, out);
  }

  @Override
  public boolean covers(Bytes data) {
    return data.length() < 2 || data.at(0) <= 1;
  }

  @Override
  public Bytes read(PacketReader reader) throws MalformedPacketException {
    return checked(reader.readRest());
  }

  @Override
  public Bytes parse(TextScanner words) throws MalformedTextException {
    String word = words.next();
    boolean isE164 = word.startsWith("+");
    String dotted = isE164 ? word.substring(1) : word;
    if (("." + dotted + ".").contains("..")) {
      throw new MalformedTextException("dot that is not between digits: " + word);
    }
    String digits = dotted.replace(".", "");
    return checked(isE164 ? Bytes.ofText("\1" + digits) : Bytes.ofHex("00" + digits));
  }

  private static Bytes checked(Bytes address) {
    if (address.length() < 2) {
      throw new IllegalArgumentException("address is missing");
    }
    for (int i = 1; address.at(0) == 1 && i < address.length(); i++) {
      if (address.at(i) < '0' || address.at(i) > '9') {
        throw new IllegalArgumentException("not decimal");
      }
    }
    return address;
  }

  @Override
  public String toText(Bytes wire) {
    return wire.at(0) == 1 ? "+" + wire.toText().substring(1) : wire.toString().substring(2);
  }
}
