package djbdns.tinydns.zone;

import java.util.OptionalInt;

/** IPv4 addresses in text; as numbers, their first byte is the high one. */
final class Inet4 {
  private Inet4() {}

  /**
   * Four numbers and three dots, as 1.05 reads them (ip4_scan.c): each number modulo 256, whatever
   * follows the fourth left unread.
   */
  static OptionalInt scan(DecimalScanner scanner) {
    int address = 0;
    for (int octet = 0; octet < 4; octet++) {
      if ((octet > 0 && !scanner.skip('.')) || !scanner.number(255)) {
        return OptionalInt.empty();
      }
      address = (address << 8) | ((int) scanner.value() & 0xff);
    }
    return OptionalInt.of(address);
  }

  static String text(int address) {
    return (address >>> 24)
        + "."
        + ((address >>> 16) & 0xff)
        + "."
        + ((address >>> 8) & 0xff)
        + "."
        + (address & 0xff);
  }
}
