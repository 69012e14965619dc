package djbdns.supervise.multilog;

import java.nio.charset.StandardCharsets;

/**
 * A pattern for lines (match.c): every byte matches itself. A star matches the bytes before the
 * next occurrence of the byte after it, and at the end all the rest. There is no second try, so
 * {@code *ab} does not match {@code aab}.
 */
final class Pattern {
  private final byte[] pattern;

  /**
   * @param text a character for each byte
   */
  Pattern(String text) {
    pattern = text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** True if the first {@code length} bytes match as a whole. */
  boolean matches(byte[] line, int length) {
    int at = 0;
    for (int i = 0; i < pattern.length; i++) {
      byte wanted = pattern[i];
      if (wanted == '*') {
        if (i == pattern.length - 1) {
          return true;
        }
        // The byte after the star. If it is another star, it matches itself here.
        while (at < length && line[at] != pattern[i + 1]) {
          at++;
        }
        if (at == length) {
          return false;
        }
      } else if (at < length && line[at] == wanted) {
        at++;
      } else {
        return false;
      }
    }
    return at == length;
  }
}
