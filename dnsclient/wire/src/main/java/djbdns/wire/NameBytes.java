package djbdns.wire;

import java.util.Arrays;

/**
 * Operations on names that lie in wire form, uncompressed, in a {@code byte[]}: what the per-packet
 * code uses in place of {@link Name}. The bytes must be a well-formed name: {@link
 * PacketReader#readName(byte[], int)} has checked them.
 */
public final class NameBytes {
  private NameBytes() {}

  /** Length in bytes of the name at {@code offset}, its root label included: 1 to 255. */
  public static int length(byte[] bytes, int offset) {
    int position = offset;
    while (bytes[position] != 0) {
      position += 1 + bytes[position];
    }
    return position - offset + 1;
  }

  /** The byte with ASCII capitals made small; every other value as it is (RFC 4343). */
  public static byte lowerCase(byte value) {
    return value >= 'A' && value <= 'Z' ? (byte) (value + ('a' - 'A')) : value;
  }

  /**
   * Makes ASCII capitals small in place. Length bytes are below 64, so none looks like a letter.
   */
  public static void lowerCase(byte[] bytes, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      bytes[i] = lowerCase(bytes[i]);
    }
  }

  /** True if two names of {@code length} bytes are equal, ASCII letter case aside (RFC 4343). */
  public static boolean equalIgnoreCase(byte[] a, int aOffset, byte[] b, int bOffset, int length) {
    // Most names that are equal have the same letters, and those are compared by the word.
    int same = Arrays.mismatch(a, aOffset, aOffset + length, b, bOffset, bOffset + length);
    for (int i = same < 0 ? length : same; i < length; i++) {
      if (lowerCase(a[aOffset + i]) != lowerCase(b[bOffset + i])) {
        return false;
      }
    }
    return true;
  }

  /** Appends the name's text as 1.05 writes it: see {@link Name#toString()}. */
  public static void appendText(StringBuilder out, byte[] bytes, int offset) {
    int position = offset;
    if (bytes[position] == 0) {
      out.append('.');
      return;
    }
    while (true) {
      int end = position + 1 + bytes[position];
      for (position++; position < end; position++) {
        appendByte(out, lowerCase(bytes[position]));
      }
      if (bytes[position] == 0) {
        return;
      }
      out.append('.');
    }
  }

  /** True if a byte of a name is shown as itself: {@code [a-z0-9_-]}. */
  public static boolean isPlain(byte value) {
    return (value >= 'a' && value <= 'z')
        || (value >= '0' && value <= '9')
        || value == '-'
        || value == '_';
  }

  private static void appendByte(StringBuilder out, byte value) {
    if (isPlain(value)) {
      out.append((char) value);
    } else {
      appendOctal(out, value & 0xff);
    }
  }

  /** Appends a byte, 0 to 255, as 1.05 escapes it: a backslash and three octal digits. */
  public static void appendOctal(StringBuilder out, int octet) {
    out.append('\\')
        .append((char) ('0' + (octet >> 6)))
        .append((char) ('0' + ((octet >> 3) & 7)))
        .append((char) ('0' + (octet & 7)));
  }
}
