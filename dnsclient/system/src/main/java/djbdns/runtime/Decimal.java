package djbdns.runtime;

/** Numbers as the originals read them. */
public final class Decimal {
  private Decimal() {}

  /**
   * The number at the start of the text (scan_ulong.c), modulo 2<sup>64</sup>: up to the first
   * character that is no digit, 0 without any.
   *
   * @return unsigned
   */
  public static long scan(String text) {
    long number = 0;
    for (int i = 0; i < text.length(); i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        break;
      }
      number = 10 * number + digit;
    }
    return number;
  }
}
