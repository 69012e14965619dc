package djbdns.wire.rdata;

import java.util.OptionalInt;

/**
 * An extended regular expression of POSIX, as strict as BIND is about it: where POSIX leaves open
 * what something means, such as a repetition of a repetition, servers may refuse the record.
 */
final class PosixExpression {
  /** The kinds of text before a character of the expression. */
  private enum Before {
    /** Nothing that could be repeated: the start of the expression or of a group. */
    START,
    ANCHOR,
    BAR,
    REPETITION,
    ATOM
  }

  private static final int HIGHEST_COUNT = 255;

  private final String text;
  private int position;
  private Before before = Before.START;
  private int depth;
  private int groups;

  private PosixExpression(String text) {
    this.text = text;
  }

  /**
   * The number of groups that can be referred to; empty if the expression makes no sense.
   *
   * @param text characters are bytes; the last is not a backslash that escapes nothing
   */
  static OptionalInt groups(String text) {
    PosixExpression expression = new PosixExpression(text);
    return expression.isRight() ? OptionalInt.of(expression.groups) : OptionalInt.empty();
  }

  private boolean isRight() {
    while (position < text.length()) {
      if (!pass(text.charAt(position++))) {
        return false;
      }
    }
    return depth == 0 && before != Before.START && before != Before.BAR;
  }

  /** Passes a character and what belongs to it; false if it makes no sense. */
  private boolean pass(char c) {
    return switch (c) {
      case '\\' -> escaped();
      case '[' -> set();
      case '(' -> open();
      case ')' -> close();
      case '|' -> before != Before.START && before != Before.BAR && is(Before.BAR);
      case '*', '+', '?' -> before == Before.ATOM && is(Before.REPETITION);
      case '{' -> isDigit() ? before == Before.ATOM && count() : is(Before.ATOM);
      case '^', '$' -> is(Before.ANCHOR);
      default -> is(Before.ATOM);
    };
  }

  /** Notes what was passed; always true. */
  private boolean is(Before passed) {
    before = passed;
    return true;
  }

  /** Passes what is escaped; false for the number of a group that has not begun. */
  private boolean escaped() {
    int reference = text.charAt(position++) - '0';
    return (reference < 1 || reference > 9 || reference <= groups) && is(Before.ATOM);
  }

  private boolean set() {
    position = PosixSet.end(text, position);
    return position >= 0 && is(Before.ATOM);
  }

  private boolean open() {
    depth++;
    groups++;
    return is(Before.START);
  }

  /** A group may be empty, but not the last of its choices; outside groups, ')' means itself. */
  private boolean close() {
    if (depth > 0) {
      depth--;
      return before != Before.BAR && is(Before.ATOM);
    }
    return is(Before.ATOM);
  }

  /** Passes the numbers of a repetition and its closing brace. */
  private boolean count() {
    int low = number();
    int high = low;
    if (isNext(',')) {
      position++;
      high = isDigit() ? number() : HIGHEST_COUNT;
    }
    return low <= high && high <= HIGHEST_COUNT && isNext('}') && closeCount();
  }

  private boolean closeCount() {
    position++;
    return is(Before.REPETITION);
  }

  /** Passes a number; any that is too high becomes the same one. */
  private int number() {
    int number = 0;
    while (isDigit()) {
      number = Math.min(HIGHEST_COUNT + 1, number * 10 + text.charAt(position++) - '0');
    }
    return number;
  }

  private boolean isDigit() {
    return position < text.length() && text.charAt(position) >= '0' && text.charAt(position) <= '9';
  }

  private boolean isNext(char c) {
    return position < text.length() && text.charAt(position) == c;
  }
}
