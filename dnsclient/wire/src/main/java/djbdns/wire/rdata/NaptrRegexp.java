package djbdns.wire.rdata;

import java.util.Optional;
import java.util.OptionalInt;

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
  private static final String NO_DELIMITERS = "0123456789i\\\0";

  private final String text;

  private NaptrRegexp(String text) {
    this.text = text;
  }

  /**
   * The fault of a substitution, if there is one; an empty one is right.
   *
   * @param text characters are bytes
   */
  static Optional<String> fault(String text) {
    return text.isEmpty() || new NaptrRegexp(text).isRight()
        ? Optional.empty()
        : Optional.of("bad regexp");
  }

  private boolean isRight() {
    if (NO_DELIMITERS.indexOf(text.charAt(0)) >= 0 || text.indexOf('\0') >= 0) {
      return false;
    }
    int middle = delimiter(1);
    int end = delimiter(middle + 1);
    return end < text.length()
        && text.substring(end + 1).chars().allMatch(flag -> flag == 'i')
        && fits(text.substring(1, middle), text.substring(middle + 1, end));
  }

  /**
   * Where the next delimiter stands, or the end of the text if there is none. A backslash hides the
   * delimiter everywhere, in a set too, where the expression knows no escapes.
   */
  private int delimiter(int start) {
    int position = start;
    while (position < text.length() && text.charAt(position) != text.charAt(0)) {
      position += text.charAt(position) == '\\' ? 2 : 1;
    }
    return Math.min(position, text.length());
  }

  private static boolean fits(String expression, String replacement) {
    OptionalInt groups = PosixExpression.groups(expression);
    return groups.isPresent() && hasReferences(replacement, groups.getAsInt());
  }

  /** True if all that a replacement refers to are groups; the first is {@code \1}. */
  private static boolean hasReferences(String replacement, int groups) {
    for (int i = 0; i < replacement.length(); i++) {
      if (replacement.charAt(i) == '\\') {
        int reference = replacement.charAt(++i) - '0';
        if (reference == 0 || (reference > groups && reference <= 9)) {
          return false;
        }
      }
    }
    return true;
  }
}
