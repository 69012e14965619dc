package djbdns.wire;

import java.util.Optional;

/** What the numbered code spaces of the protocol share. */
final class Codes {
  private Codes() {}

  static void check(int code, int max) {
    if (code < 0 || code > max) {
      throw new IllegalArgumentException("code " + code + " is not in 0 to " + max);
    }
  }

  /** The number in a generic form such as {@code TYPE731} (RFC 3597, 5). */
  static Optional<Integer> parseGeneric(String text, String prefix, int max) {
    if (!text.startsWith(prefix)) {
      return Optional.empty();
    }
    int code = 0;
    for (int i = prefix.length(); i < text.length(); i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return Optional.empty();
      }
      code = 10 * code + digit;
      if (code > max) {
        return Optional.empty();
      }
    }
    return text.length() == prefix.length() ? Optional.empty() : Optional.of(code);
  }
}
