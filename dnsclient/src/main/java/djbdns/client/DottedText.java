package djbdns.client;

import djbdns.wire.Bytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * IPv4 addresses as 1.05 reads them: any number of digits makes an octet, modulo 256, and whatever
 * follows the address is not looked at.
 */
public final class DottedText {
  private static final int OCTETS = 4;

  private DottedText() {}

  /**
   * Reads four numbers and three dots (ip4_scan.c).
   *
   * @return where the address ends, or {@code start} if there is none
   */
  static int scan(String text, int start, byte[] octets) {
    int next = start;
    for (int i = 0; i < OCTETS; i++) {
      int value = 0;
      int digits = next;
      while (next < text.length() && isDigit(text.charAt(next))) {
        value = 10 * value + text.charAt(next++) - '0';
      }
      octets[i] = (byte) value;
      boolean last = i == OCTETS - 1;
      if (next == digits || (!last && (next == text.length() || text.charAt(next) != '.'))) {
        return start;
      }
      next += last ? 0 : 1;
    }
    return next;
  }

  /** The address at the start of the text: 4 bytes. */
  public static Optional<Bytes> scan(String text) {
    byte[] octets = new byte[OCTETS];
    return scan(text, 0, octets) == 0 ? Optional.empty() : Optional.of(Bytes.of(octets));
  }

  /**
   * Decodes a name that is nothing but digits, dots and brackets (dns_ip.c): every four numbers are
   * an address, and the few left over are dropped. Empty if the name must be looked up.
   */
  public static Optional<List<Bytes>> decode(String name) {
    byte[] octets = new byte[name.length() + 1];
    int count = 0;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '.') {
        count++;
      } else if (isDigit(c)) {
        octets[count] = (byte) (10 * octets[count] + c - '0');
      } else if (c != '[' && c != ']') {
        return Optional.empty();
      }
    }
    List<Bytes> addresses = new ArrayList<>();
    for (int i = 0; i + OCTETS <= count + 1; i += OCTETS) {
      addresses.add(Bytes.of(Arrays.copyOfRange(octets, i, i + OCTETS)));
    }
    return Optional.of(addresses);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
