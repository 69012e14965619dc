package djbdns.wire;

/** What a message repeats of its input: one line without control characters, and not a long one. */
public final class Excerpt {
  private static final int MAX_QUOTED = 100;
  private static final int MAX_MESSAGE = 160;

  /** Of a backslash and three digits. */
  private static final int OCTAL_CHARS = 4;

  private static final char LAST_ASCII = '~';
  private static final char LAST_BYTE = '\377';

  private Excerpt() {}

  /** The beginning of a piece of input, 100 characters; what is not printable ASCII in octal. */
  public static String of(byte[] bytes, int start, int end) {
    StringBuilder out = new StringBuilder(MAX_QUOTED);
    int i = start;
    while (i < end && hasRoom(out, (char) (bytes[i] & 0xff), LAST_ASCII, MAX_QUOTED)) {
      append(out, (char) (bytes[i++] & 0xff), LAST_ASCII);
    }
    return withEnd(out, i < end);
  }

  /** The same of a piece of input in characters, which may be letters of any language. */
  public static String of(String text) {
    return of(text, MAX_QUOTED, LAST_BYTE);
  }

  /**
   * The beginning, 160 characters, of a message whose last words may be a piece of input, a
   * character a byte.
   */
  public static String ofMessage(String text) {
    return of(text, MAX_MESSAGE, LAST_ASCII);
  }

  private static String of(String text, int max, char lastPlain) {
    StringBuilder out = new StringBuilder(max);
    int i = 0;
    while (i < text.length() && hasRoom(out, text.charAt(i), lastPlain, max)) {
      append(out, text.charAt(i++), lastPlain);
    }
    return withEnd(out, i < text.length());
  }

  private static boolean hasRoom(StringBuilder out, char c, char lastPlain, int max) {
    return out.length() + (isPlain(c, lastPlain) ? 1 : OCTAL_CHARS) <= max;
  }

  private static void append(StringBuilder out, char c, char lastPlain) {
    if (isPlain(c, lastPlain)) {
      out.append(c);
    } else {
      NameBytes.appendOctal(out, c);
    }
  }

  private static boolean isPlain(char c, char lastPlain) {
    return !Character.isISOControl(c) && (c <= lastPlain || c > LAST_BYTE);
  }

  private static String withEnd(StringBuilder out, boolean wasCut) {
    return wasCut ? out.append("...").toString() : out.toString();
  }
}
