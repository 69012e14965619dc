package djbdns.client;

import djbdns.wire.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * IPv4 addresses as 1.05 reads them: any number of digits makes an octet, and whatever follows the
 * address is not looked at. Unlike there a number above 255 makes no address: 1.05 takes it modulo
 * 256, which is an address that nobody has meant.
 */
public final class DottedText {
  private static final int OCTETS = 4;
  private static final int MAX_OCTET = 255;

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
        value = longer(value, text.charAt(next++));
      }
      octets[i] = (byte) value;
      boolean last = i == OCTETS - 1;
      if (value > MAX_OCTET
          || next == digits
          || (!last && (next == text.length() || text.charAt(next) != '.'))) {
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

  /** The address that all of the text is: 4 bytes. */
  public static Optional<Bytes> parse(String text) {
    byte[] octets = new byte[OCTETS];
    return !text.isEmpty() && scan(text, 0, octets) == text.length()
        ? Optional.of(Bytes.of(octets))
        : Optional.empty();
  }

  /** A number with one more digit behind it; too big ones stay so, however long. */
  private static int longer(int value, char digit) {
    return Math.min(10 * value + digit - '0', MAX_OCTET + 1);
  }

  /**
   * Decodes a name that is nothing but digits, dots and brackets (dns_ip.c): every four numbers are
   * an address, and the few left over are dropped; none is if any number is too big. Empty if the
   * name must be looked up.
   */
  public static Optional<List<Bytes>> decode(String name) {
    int[] numbers = new int[name.length() + 1];
    boolean tooBig = false;
    int count = 0;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '.') {
        count++;
      } else if (isDigit(c)) {
        numbers[count] = longer(numbers[count], c);
        tooBig |= numbers[count] > MAX_OCTET;
      } else if (c != '[' && c != ']') {
        return Optional.empty();
      }
    }
    List<Bytes> addresses = new ArrayList<>();
    for (int i = 0; !tooBig && i + OCTETS <= count + 1; i += OCTETS) {
      addresses.add(address(numbers, i));
    }
    return Optional.of(addresses);
  }

  private static Bytes address(int[] numbers, int start) {
    byte[] octets = new byte[OCTETS];
    for (int i = 0; i < OCTETS; i++) {
      octets[i] = (byte) numbers[start + i];
    }
    return Bytes.of(octets);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
