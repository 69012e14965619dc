package djbdns.wire.text;

import djbdns.wire.MalformedTextException;
import djbdns.wire.RecordType;

/**
 * Splits record data in text into words and quoted strings, front to back. Parentheses and line
 * ends count as blanks, so that data copied from a master file reads, and {@code ;} starts a
 * comment (RFC 1035, 5.1). Escapes are left in place.
 */
public final class TextScanner {
  private final String text;
  private int position;

  /** Starts at the first character; characters are bytes: ISO 8859-1. */
  public TextScanner(String text) {
    this.text = text;
  }

  /** True if a word or a quoted string follows; it comes next then. */
  public boolean hasMore() {
    while (position < text.length()) {
      char c = text.charAt(position);
      if (c == ';') {
        int lineEnd = text.indexOf('\n', position);
        position = lineEnd < 0 ? text.length() : lineEnd;
      } else if (isBlank(c)) {
        position++;
      } else {
        return true;
      }
    }
    return false;
  }

  /** Everything that is left. */
  public String rest() {
    return text.substring(position);
  }

  /**
   * Passes over {@code \#}, with which data in the form of any type start (RFC 3597, 5). In TXT it
   * may also be a text, {@code #}: there it counts only if a number follows, as in BIND.
   */
  public boolean skipGeneric(RecordType type) {
    int start = position;
    if (hasMore() && word().equals("\\#") && (!type.equals(RecordType.TXT) || atNumber())) {
      return true;
    }
    position = start;
    return false;
  }

  private boolean atNumber() {
    return hasMore() && text.charAt(position) >= '0' && text.charAt(position) <= '9';
  }

  /** True if a quote follows at once. */
  public boolean atQuote() {
    return position < text.length() && text.charAt(position) == '"';
  }

  /**
   * The next word, or what stands between the next quotes.
   *
   * @throws MalformedTextException if there is none, or quotes have no end
   */
  public String next() throws MalformedTextException {
    if (!hasMore()) {
      throw new MalformedTextException("missing");
    }
    return atQuote() ? quoted() : word();
  }

  private String quoted() throws MalformedTextException {
    int start = ++position;
    while (position < text.length() && text.charAt(position) != '"') {
      skipCharacter();
    }
    if (position == text.length()) {
      throw new MalformedTextException("quote without end");
    }
    return text.substring(start, position++);
  }

  private String word() {
    int start = position;
    while (position < text.length() && !endsWord(text.charAt(position))) {
      skipCharacter();
    }
    return text.substring(start, position);
  }

  private void skipCharacter() {
    position += text.charAt(position) == '\\' && position + 1 < text.length() ? 2 : 1;
  }

  private static boolean endsWord(char c) {
    return isBlank(c) || c == '"' || c == ';';
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '(' || c == ')';
  }
}
