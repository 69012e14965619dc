package djbdns.wire.rdata;

import java.util.Set;

/**
 * A set of characters in an extended regular expression of POSIX, from behind its opening bracket,
 * such as {@code ^]a-z[:digit:][.-.]]}.
 *
 * <p>BIND leaves its notion of a range as it was where it passes a class, an equivalence class or a
 * bracket that means itself: the end of a range is then compared with the start of an earlier one,
 * even of another set. It depends on that whether BIND takes {@code [[:alpha:]-z]} and {@code
 * [[-a]}, so they are refused here, and so is the falling range of {@code [b-[]}.
 */
final class PosixSet {
  /** The part of a member in a range. */
  private enum Range {
    NONE,
    /** A hyphen was passed, and the end of the range follows. */
    OPEN,
    /** The end of a range was passed: it cannot be the start of another. */
    ENDED
  }

  private static final Set<String> CLASSES =
      Set.of(
          "alnum", "alpha", "blank", "cntrl", "digit", "graph", "lower", "print", "punct", "space",
          "upper", "xdigit");

  /** A start above each character, for that with which no range of characters can begin. */
  private static final int UNORDERED = 256;

  private final String text;
  private int position;
  private Range range = Range.NONE;
  private int start = UNORDERED;

  private PosixSet(String text, int position) {
    this.text = text;
    this.position = position;
  }

  /** The offset behind the closing bracket, or -1 if the set makes no sense or does not end. */
  static int end(String text, int start) {
    PosixSet set = new PosixSet(text, start);
    return set.isRight() ? set.position : -1;
  }

  private boolean isRight() {
    if (text.startsWith("^", position)) {
      position++;
    }
    int first = position;
    while (position < text.length()) {
      char c = text.charAt(position++);
      boolean isFirst = position - 1 == first;
      if (c == ']' && !isFirst) {
        return true;
      }
      boolean isHyphen = c == '-' && !isFirst && range != Range.OPEN;
      if (!(isHyphen ? open() : c == '[' ? bracket() : character(c))) {
        return false;
      }
    }
    return false;
  }

  /** Passes the hyphen of a range; one before the closing bracket is right too. */
  private boolean open() {
    boolean isRight = range != Range.ENDED;
    range = Range.OPEN;
    return isRight;
  }

  private boolean character(char c) {
    boolean isRight = isInOrder(c);
    member(c);
    return isRight;
  }

  private boolean isInOrder(char c) {
    return range != Range.OPEN || c >= start;
  }

  private void member(int newStart) {
    range = range == Range.OPEN ? Range.ENDED : Range.NONE;
    start = newStart;
  }

  /**
   * Passes a class, a collating symbol, or a bracket that means itself. Only a locale knows whether
   * a collating symbol that ends a range comes too early.
   */
  private boolean bracket() {
    char kind = position < text.length() ? text.charAt(position) : ']';
    if (kind != '.' && kind != ':' && kind != '=') {
      return isInOrder('[');
    }
    int nameStart = position + 1;
    int nameEnd = text.indexOf(kind + "]", nameStart);
    if (nameEnd <= nameStart) {
      return false;
    }
    position = nameEnd + 2;
    String name = text.substring(nameStart, nameEnd);
    if (kind == '.') {
      member(name.length() == 1 ? name.charAt(0) : UNORDERED);
      return true;
    }
    start = UNORDERED;
    return range != Range.OPEN && (kind == '=' || CLASSES.contains(name));
  }
}
