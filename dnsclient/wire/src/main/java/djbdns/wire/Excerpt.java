package djbdns.wire;

import java.nio.charset.StandardCharsets;

/** A piece of input as a message repeats it: one short line without control characters. */
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
    // One byte more than there is room for, so that it shows where more follows.
    int length = Math.min(end - start, MAX_QUOTED + 1);
    String text = new String(bytes, start, length, StandardCharsets.ISO_8859_1);
    return of(text, MAX_QUOTED, LAST_ASCII);
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
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean isPlain = !Character.isISOControl(c) && (c <= lastPlain || c > LAST_BYTE);
      if (out.length() + (isPlain ? 1 : OCTAL_CHARS) > max) {
        return out.append("...").toString();
      }
      if (isPlain) {
        out.append(c);
      } else {
        NameBytes.appendOctal(out, c);
      }
    }
    return out.toString();
  }
}
