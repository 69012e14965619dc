package djbdns.wire.rdata;

import djbdns.wire.Bytes;
import djbdns.wire.MalformedPacketException;
import djbdns.wire.MalformedTextException;
import djbdns.wire.PacketReader;
import djbdns.wire.text.MasterText;
import djbdns.wire.text.TextScanner;

/** An address of X.121: a string of at least four decimal digits (RFC 1183, 3.1). */
final class Digits implements OwnField {
  private static final int MIN_DIGITS = 4;
  private static final int MAX_DIGITS = 255;

  @Override
  public Bytes read(PacketReader reader) throws MalformedPacketException {
    return counted(Bytes.owning(reader.readBytes(reader.readU8())));
  }

  @Override
  public Bytes parse(TextScanner words) throws MalformedTextException {
    return counted(Bytes.owning(MasterText.unescape(words.next())));
  }

  private static Bytes counted(Bytes digits) {
    boolean plain = digits.length() >= MIN_DIGITS && digits.length() <= MAX_DIGITS;
    for (int i = 0; i < digits.length(); i++) {
      plain &= digits.at(i) >= '0' && digits.at(i) <= '9';
    }
    if (!plain) {
      throw new IllegalArgumentException("not 4 to 255 digits");
    }
    ByteSink out = new ByteSink();
    out.string(digits);
    return out.toBytes();
  }

  @Override
  public String toText(Bytes wire) {
    return "\"" + wire.toText().substring(1) + "\"";
  }
}
