package djbdns.wire.rdata;

import djbdns.wire.Bytes;
import djbdns.wire.RecordType;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;

/**
 * The set of types that exist at a name (RFC 4034, 4.1.2): for each window of 256 codes in which
 * there are any, in ascending order, a bitmap without its trailing zero bytes.
 *
 * <pre>
 * +----------+-----------------+---------------------+
 * | window 8 | bytes 8: 1 - 32 | bitmap, first bit 0 |  repeated
 * +----------+-----------------+---------------------+
 * </pre>
 */
public record TypeBitmap(Bytes wire) {
  private static final int WINDOW_BYTES = 32;
  private static final int WINDOW_TYPES = 256;

  /**
   * @throws IllegalArgumentException if the bytes are not the one right form of their set
   */
  public TypeBitmap {
    int lastWindow = -1;
    int position = 0;
    while (position < wire.length()) {
      int bitmap = position + 2;
      int end = bitmap < wire.length() ? bitmap + wire.at(position + 1) : 0;
      if (end <= bitmap
          || end > wire.length()
          || end - bitmap > WINDOW_BYTES
          || wire.at(end - 1) == 0
          || wire.at(position) <= lastWindow) {
        throw new IllegalArgumentException("bad type bitmap");
      }
      lastWindow = wire.at(position);
      position = end;
    }
  }

  public static TypeBitmap of(Collection<RecordType> types) {
    BitSet set = new BitSet();
    types.forEach(type -> set.set(type.code()));
    ByteSink out = new ByteSink();
    int next = set.nextSetBit(0);
    while (next >= 0) {
      int window = next / WINDOW_TYPES;
      int windowEnd = (window + 1) * WINDOW_TYPES;
      out.u8(window);
      out.string(Bits.of(set.get(window * WINDOW_TYPES, windowEnd)));
      next = set.nextSetBit(windowEnd);
    }
    return new TypeBitmap(out.toBytes());
  }

  public boolean contains(RecordType type) {
    return types().contains(type);
  }

  /** The types in ascending order. */
  public List<RecordType> types() {
    List<RecordType> types = new ArrayList<>();
    int position = 0;
    while (position < wire.length()) {
      int first = wire.at(position) * WINDOW_TYPES;
      int bitmap = position + 2;
      int end = bitmap + wire.at(position + 1);
      Bytes window = wire.slice(bitmap, end);
      for (int bit = 0; bit < 8 * window.length(); bit++) {
        if (Bits.has(window, bit)) {
          types.add(new RecordType(first + bit));
        }
      }
      position = end;
    }
    return types;
  }
}
