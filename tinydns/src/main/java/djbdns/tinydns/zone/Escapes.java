package djbdns.tinydns.zone;

/** Backslash escapes: {@code \ooo} is a byte in one to three octal digits, {@code \c} is c. */
final class Escapes {
  private Escapes() {}

  /**
   * Appends text with its escapes undone (txtparse in tinydns-data.c). A backslash at the very end
   * stands for nothing.
   *
   * @return whether the text was free of such a backslash
   */
  static boolean decode(ByteBuilder out, byte[] bytes, int start, int end) {
    int i = start;
    while (i < end) {
      byte value = bytes[i++];
      if (value != '\\') {
        out.put8(value);
        continue;
      }
      if (i == end) {
        return false;
      }
      if (!isOctal(bytes[i])) {
        out.put8(bytes[i++]);
        continue;
      }
      int octet = 0;
      for (int digits = 0; digits < 3 && i < end && isOctal(bytes[i]); digits++) {
        octet = 8 * octet + bytes[i++] - '0';
      }
      out.put8(octet);
    }
    return true;
  }

  private static boolean isOctal(byte value) {
    return value >= '0' && value <= '7';
  }
}
