package djbdns.wire;

/** What a message repeats of its input: one line without control characters, and not a long one. */
public final class Excerpt {
  private static final int MAX_QUOTED = 100;
  private static final int MAX_MESSAGE = 160;
  private static final char LAST_ASCII = '~';
  private static final char LAST_BYTE = '\377';

  private Excerpt() {}

  /** A piece of input: the first 100 bytes; those that are not printable ASCII in octal. */
  public static String of(byte[] bytes, int start, int end) {
    int cut = Math.min(end, start + MAX_QUOTED);
    StringBuilder out = new StringBuilder(cut - start);
    for (int i = start; i < cut; i++) {
      append(out, (char) (bytes[i] & 0xff), LAST_ASCII);
    }
    return withEnd(out, cut < end);
  }

  /** A piece of input in characters, which may be letters of any language: the first 100. */
  public static String of(String text) {
    return of(text, MAX_QUOTED, LAST_BYTE);
  }

  /** A message whose last words may be a piece of input, a character a byte: the first 160. */
  public static String ofMessage(String text) {
    return of(text, MAX_MESSAGE, LAST_ASCII);
  }

  private static String of(String text, int max, char lastPlain) {
    int cut = Math.min(text.length(), max);
    StringBuilder out = new StringBuilder(cut);
    for (int i = 0; i < cut; i++) {
      append(out, text.charAt(i), lastPlain);
    }
    return withEnd(out, cut < text.length());
  }

  private static void append(StringBuilder out, char c, char lastPlain) {
    if (Character.isISOControl(c) || (c > lastPlain && c <= LAST_BYTE)) {
      NameBytes.appendOctal(out, c);
    } else {
      out.append(c);
    }
  }

  private static String withEnd(StringBuilder out, boolean wasCut) {
    return wasCut ? out.append("...").toString() : out.toString();
  }
}
