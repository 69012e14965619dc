package djbdns.supervise.status;

import java.util.Optional;

/** A number that the administrator has written into a file of a service directory. */
public final class NumberText {
  private NumberText() {}

  /**
   * Reads a text that is a number with blanks around it; empty if it is not, or is out of bounds.
   */
  public static Optional<Long> parse(String text, long min, long max) {
    return Optional.of(text.strip())
        .filter(digits -> digits.matches("[0-9]{1,18}"))
        .map(Long::parseLong)
        .filter(value -> value >= min && value <= max);
  }
}
