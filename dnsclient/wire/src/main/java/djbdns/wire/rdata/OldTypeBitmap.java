package djbdns.wire.rdata;

import djbdns.wire.Bytes;
import djbdns.wire.Codes;
import djbdns.wire.MalformedPacketException;
import djbdns.wire.MalformedTextException;
import djbdns.wire.PacketReader;
import djbdns.wire.RecordType;
import djbdns.wire.text.TextScanner;
import java.util.BitSet;
import java.util.Optional;

/** The types 1 to 127 at a name, a bit for each up to the highest one (RFC 2535, 5.2). */
final class OldTypeBitmap implements OwnField {
  private static final int MAX_TYPE = 127;
  private static final int MAX_BYTES = 16;

  @Override
  public Bytes read(PacketReader reader) throws MalformedPacketException {
    Bytes bitmap = reader.readRest();
    boolean empty = bitmap.isEmpty();
    if (!empty && (bitmap.length() > MAX_BYTES || Bits.has(bitmap, 0) || !Bits.isShort(bitmap))) {
      throw new IllegalArgumentException("bad type bitmap");
    }
    return bitmap;
  }

  @Override
  public Bytes parse(TextScanner words) throws MalformedTextException {
    BitSet types = new BitSet();
    while (words.hasMore()) {
      String word = words.next();
      Optional<Integer> number = Codes.parseDecimal(word, MAX_TYPE).map(Long::intValue);
      types.set(
          number
              .or(() -> RecordType.parse(word).map(RecordType::code))
              .filter(code -> code >= 1 && code <= MAX_TYPE)
              .orElseThrow(() -> new MalformedTextException("not a type: " + word)));
    }
    return Bits.of(types);
  }

  @Override
  public String toText(Bytes wire) {
    return Bits.join(wire, code -> new RecordType(code).toString());
  }
}
