package djbdns.wire.text;

import java.util.Optional;

/**
 * Durations in master files: seconds, or numbers with the units w, d, h, m and s in either letter
 * case, such as {@code 1h30m}, added up.
 */
public final class TtlText {
  private static final long MAX_SECONDS = 0xffffffffL;

  private TtlText() {}

  /** Seconds, 0 to 2<sup>32</sup> - 1; empty for any other text. */
  public static Optional<Long> parse(String text) {
    if (text.isEmpty() || !isDigit(text.charAt(0))) {
      return Optional.empty();
    }
    long sum = 0;
    int i = 0;
    while (i < text.length()) {
      long number = 0;
      int start = i;
      while (i < text.length() && isDigit(text.charAt(i)) && number <= MAX_SECONDS) {
        number = 10 * number + text.charAt(i++) - '0';
      }
      boolean isPlain = start == 0 && i == text.length();
      long unit = isPlain ? 1 : i > start && i < text.length() ? unitSeconds(text.charAt(i++)) : 0;
      sum += number * unit;
      if (unit == 0 || sum > MAX_SECONDS) {
        return Optional.empty();
      }
    }
    return Optional.of(sum);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** 0 for what is no unit. */
  private static long unitSeconds(char c) {
    return switch (c) {
      case 'w', 'W' -> 604800;
      case 'd', 'D' -> 86400;
      case 'h', 'H' -> 3600;
      case 'm', 'M' -> 60;
      case 's', 'S' -> 1;
      default -> 0;
    };
  }
}
