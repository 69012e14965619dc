package djbdns.wire.rdata;

import djbdns.wire.Bytes;
import djbdns.wire.MalformedPacketException;
import djbdns.wire.MalformedTextException;
import djbdns.wire.PacketReader;
import djbdns.wire.text.TextScanner;

/** An NSAP address: the rest of the data; {@code 0x} and hexadecimal digits (RFC 1706, 5 and 6). */
final class NsapAddress implements OwnField {
  @Override
  public Bytes read(PacketReader reader) throws MalformedPacketException {
    return Field.some(reader.readRest());
  }

  /** Dots may stand anywhere behind the {@code 0x}. */
  @Override
  public Bytes parse(TextScanner words) throws MalformedTextException {
    String word = words.next();
    if (!word.startsWith("0x") && !word.startsWith("0X")) {
      throw new MalformedTextException("does not start with 0x: " + word);
    }
    return Field.some(Bytes.ofHex(word.substring(2).replace(".", "")));
  }

  @Override
  public String toText(Bytes wire) {
    return "0x" + wire;
  }
}
