package djbdns.wire;

import java.util.Optional;

/**
 * The substitution of a NAPTR record (RFC 3402, 3.2): a character that delimits, an extended
 * regular expression of POSIX, the delimiter, a replacement, the delimiter, and {@code i} or
 * nothing.
 *
 * <pre>
 * !^(.*)$!sip:\1@example.test!
 * </pre>
 */
final class NaptrRegexp {
  /** What stands before a character of the expression. */
  private enum Before {
    /** Nothing that could be repeated: the start of the expression or of a group. */
    START,
    ANCHOR,
    BAR,
    REPETITION,
    ATOM
  }

  private static final String NO_DELIMITERS = "0123456789i\\\0";

  private final String text;
  private int position = 1;
  private Before before = Before.START;
  private int groups;
  private int highestReference;

  private NaptrRegexp(String text) {
    this.text = text;
  }

  /**
   * What is wrong with a substitution; an empty one is right.
   *
   * @param text characters are bytes
   */
  static Optional<String> fault(String text) {
    return text.isEmpty() || new NaptrRegexp(text).isRight()
        ? Optional.empty()
        : Optional.of("bad regexp");
  }

  private boolean isRight() {
    boolean delimited = NO_DELIMITERS.indexOf(text.charAt(0)) < 0 && text.indexOf('\0') < 0;
    if (!delimited || !expression() || !replacement()) {
      return false;
    }
    String flags = text.substring(position);
    return highestReference <= groups && flags.chars().allMatch(flag -> flag == 'i');
  }

  /** Passes the expression and its delimiter; false if it makes no sense. */
  private boolean expression() {
    int depth = 0;
    while (position < text.length()) {
      char c = text.charAt(position++);
      if (c == text.charAt(0)) {
        return depth == 0 && before != Before.START && before != Before.BAR;
      }
      if (!mayFollow(c)) {
        return false;
      }
      switch (c) {
        case '\\' -> position++;
        case '(' -> {
          depth++;
          groups++;
        }
        case ')' -> depth = Math.max(0, depth - 1);
        case '[' -> skipSet();
        case '{' -> skipCount();
        default -> {}
      }
      before = after(c);
    }
    return false;
  }

  /** Whether what came before leaves something to repeat or to choose from. */
  private boolean mayFollow(char c) {
    return switch (c) {
      case '*', '+', '?' -> before == Before.ATOM;
      case '{' -> before == Before.ATOM || !isDigit(position);
      case '|' -> before != Before.START && before != Before.BAR;
      case ')' -> before != Before.BAR;
      default -> true;
    };
  }

  private static Before after(char c) {
    return switch (c) {
      case '*', '+', '?', '{' -> Before.REPETITION;
      case '|' -> Before.BAR;
      case '(' -> Before.START;
      case '^' -> Before.ANCHOR;
      default -> Before.ATOM;
    };
  }

  private boolean isDigit(int index) {
    return index < text.length() && text.charAt(index) >= '0' && text.charAt(index) <= '9';
  }

  /** Passes the numbers of a repetition; a brace without any is an ordinary character. */
  private void skipCount() {
    if (isDigit(position)) {
      skipTo('}', position);
    }
  }

  /** Passes the characters of a set and its closing bracket, which may itself be the first. */
  private void skipSet() {
    if (position < text.length() && text.charAt(position) == '^') {
      position++;
    }
    skipTo(']', position + 1);
  }

  /** Passes the next such character, or everything if the delimiter comes before it. */
  private void skipTo(char closing, int start) {
    int end = text.indexOf(closing, start);
    int delimiter = text.indexOf(text.charAt(0), position);
    position = end >= 0 && (delimiter < 0 || end < delimiter) ? end + 1 : text.length();
  }

  /** Passes the replacement and its delimiter; false if it does not end. */
  private boolean replacement() {
    while (position < text.length()) {
      char c = text.charAt(position++);
      if (c == text.charAt(0)) {
        return true;
      }
      if (c == '\\' && !reference()) {
        return false;
      }
    }
    return false;
  }

  /** Passes what is escaped; false for {@code \0} and for nothing. */
  private boolean reference() {
    if (position == text.length() || text.charAt(position) == '0') {
      return false;
    }
    char c = text.charAt(position++);
    if (c >= '1' && c <= '9') {
      highestReference = Math.max(highestReference, c - '0');
    }
    return true;
  }
}
