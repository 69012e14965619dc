package djbdns.wire;

import java.util.Optional;

/** Checks and text that the numbered code spaces and fields of the protocol share. */
public final class Codes {
  private Codes() {}

  public static void check(int code, int max) {
    if (code < 0 || code > max) {
      throw new IllegalArgumentException("code " + code + " is not in 0 to " + max);
    }
  }

  public static void checkU8(int value) {
    check(value, 0xff);
  }

  public static void checkU16(int value) {
    check(value, 0xffff);
  }

  public static void checkU32(long value) {
    if (value < 0 || value > 0xffffffffL) {
      throw new IllegalArgumentException("number " + value + " does not fit 32 bits");
    }
  }

  /** Checks a number of bytes. */
  public static void checkLength(Bytes bytes, int min, int max) {
    if (bytes.length() < min || bytes.length() > max) {
      throw new IllegalArgumentException(
          "length " + bytes.length() + " is not in " + min + " to " + max);
    }
  }

  /** The number in a generic form such as {@code TYPE731} (RFC 3597, 5). */
  public static Optional<Integer> parseGeneric(String text, String prefix, int max) {
    return text.startsWith(prefix)
        ? parseDecimal(text.substring(prefix.length()), max).map(Long::intValue)
        : Optional.empty();
  }

  /** A word that must be a decimal number from 0. */
  public static long requireDecimal(String word, long max) throws MalformedTextException {
    return parseDecimal(word, max)
        .orElseThrow(
            () -> new MalformedTextException("not a number from 0 to " + max + ": " + word));
  }

  /** A number of one or more decimal digits and nothing else, if it is at most {@code max}. */
  public static Optional<Long> parseDecimal(String digits, long max) {
    long value = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return Optional.empty();
      }
      value = 10 * value + digit;
      if (value > max) {
        return Optional.empty();
      }
    }
    return digits.isEmpty() ? Optional.empty() : Optional.of(value);
  }
}
