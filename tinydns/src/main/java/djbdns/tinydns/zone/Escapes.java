package djbdns.tinydns.zone;

import djbdns.wire.NameBytes;
import java.nio.charset.StandardCharsets;

/** Backslash escapes: {@code \ooo} is a byte in one to three octal digits, {@code \c} is c. */
final class Escapes {
  /** Longest piece of a data file shown in a message, in bytes. */
  private static final int SHOWN_BYTES = 60;

  /** Longest text about a data line, in bytes before its escapes. */
  private static final int SHOWN_TEXT_BYTES = 200;

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

  /** Part of a line for a message: printable ASCII, other bytes escaped, cut off when long. */
  static String shown(byte[] bytes, int start, int end) {
    return shown(bytes, start, end, SHOWN_BYTES);
  }

  /** A message, a character a byte, that may quote a line: made printable likewise. */
  static String shown(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    return shown(bytes, 0, bytes.length, SHOWN_TEXT_BYTES);
  }

  private static String shown(byte[] bytes, int start, int end, int maxBytes) {
    StringBuilder out = new StringBuilder();
    int shownEnd = Math.min(end, start + maxBytes);
    for (int i = start; i < shownEnd; i++) {
      appendShown(out, bytes[i] & 0xff);
    }
    return shownEnd < end ? out.append("...").toString() : out.toString();
  }

  private static void appendShown(StringBuilder out, int octet) {
    if (octet >= ' ' && octet <= '~') {
      out.append((char) octet);
    } else {
      NameBytes.appendOctal(out, octet);
    }
  }

  private static boolean isOctal(byte value) {
    return value >= '0' && value <= '7';
  }
}
