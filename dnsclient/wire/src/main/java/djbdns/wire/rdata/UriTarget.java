package djbdns.wire.rdata;

import djbdns.wire.Bytes;
import djbdns.wire.MalformedPacketException;
import djbdns.wire.MalformedTextException;
import djbdns.wire.PacketReader;
import djbdns.wire.text.MasterText;
import djbdns.wire.text.TextScanner;

/** The rest of the data, which must stand in quotes (RFC 7553, 4.4 and 5). */
final class UriTarget implements OwnField {
  @Override
  public Bytes read(PacketReader reader) throws MalformedPacketException {
    return reader.readRest();
  }

  @Override
  public Bytes parse(TextScanner words) throws MalformedTextException {
    if (!words.hasMore() || !words.atQuote()) {
      throw new MalformedTextException("target is not in quotes");
    }
    return Bytes.owning(MasterText.unescape(words.next()));
  }

  @Override
  public String toText(Bytes wire) {
    return MasterText.ofString(wire);
  }
}
