package djbdns.wire.rdata;

import djbdns.wire.Bytes;
import java.util.BitSet;
import java.util.function.IntFunction;

/** Bitmaps in which the first bit of a byte is its highest one, without zero bytes at the end. */
final class Bits {
  private Bits() {}

  static Bytes of(BitSet set) {
    ByteSink out = new ByteSink();
    for (int i = 0; 8 * i < set.length(); i++) {
      int value = 0;
      for (int bit = 8 * i; bit < 8 * i + 8; bit++) {
        value = value << 1 | (set.get(bit) ? 1 : 0);
      }
      out.u8(value);
    }
    return out.toBytes();
  }

  static boolean has(Bytes bitmap, int bit) {
    return (bitmap.at(bit / 8) & 0x80 >> bit % 8) != 0;
  }

  /** True if there is no zero byte at the end. */
  static boolean isShort(Bytes bitmap) {
    return bitmap.isEmpty() || bitmap.at(bitmap.length() - 1) != 0;
  }

  /** The bits that are set, with blanks between them. */
  static String join(Bytes bitmap, IntFunction<String> text) {
    StringBuilder out = new StringBuilder();
    for (int bit = 0; bit < 8 * bitmap.length(); bit++) {
      if (has(bitmap, bit)) {
        out.append(out.isEmpty() ? "" : " ").append(text.apply(bit));
      }
    }
    return out.toString();
  }
}
