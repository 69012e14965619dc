package djbdns.wire.text;

import java.util.List;

/**
 * The bytes with which files in UTF-8, and in both kinds of UTF-16, begin on some systems. Editors
 * that write these bytes do not show them, and no server takes them.
 */
public final class ByteOrderMark {
  /** The message for a file that begins so. */
  public static final String FAULT =
      "file begins with a byte order mark: save it as ASCII, or as UTF-8 without a mark";

  /** Bytes of the longest one, that of UTF-8. */
  public static final int MAX_BYTES = 3;

  private static final List<String> MARKS =
      List.of("\u00ef\u00bb\u00bf", "\u00fe\u00ff", "\u00ff\u00fe");

  private ByteOrderMark() {}

  /**
   * True if a file begins with one.
   *
   * @param text its beginning, a character a byte
   */
  public static boolean isAtStart(String text) {
    return MARKS.stream().anyMatch(text::startsWith);
  }
}
