package djbdns.wire.text;

import djbdns.wire.Bytes;
import djbdns.wire.MalformedTextException;
import java.io.ByteArrayOutputStream;

/** Base32 with the extended hex alphabet and without padding (RFC 4648, 7; RFC 5155, 3.3). */
public final class Base32Hex {
  private static final String DIGITS = "0123456789abcdefghijklmnopqrstuv";
  private static final int DIGIT_BITS = 5;

  private Base32Hex() {}

  /** The value of a digit in either letter case; -1 for any other character. */
  public static int digit(char c) {
    return c > 0x7f ? -1 : Character.digit(c, 1 << DIGIT_BITS);
  }

  public static String encode(Bytes bytes) {
    StringBuilder out = new StringBuilder();
    int bits = 0;
    int bitCount = 0;
    for (int i = 0; i < bytes.length(); i++) {
      bits = (bits << 8 | bytes.at(i)) & 0xfff;
      for (bitCount += 8; bitCount >= DIGIT_BITS; bitCount -= DIGIT_BITS) {
        out.append(DIGITS.charAt(bits >> (bitCount - DIGIT_BITS) & 0x1f));
      }
    }
    if (bitCount > 0) {
      out.append(DIGITS.charAt(bits << (DIGIT_BITS - bitCount) & 0x1f));
    }
    return out.toString();
  }

  /**
   * Digits in either letter case.
   *
   * @throws MalformedTextException if a character is no digit, or the bits left over are not zero
   *     and fewer than a digit
   */
  public static Bytes decode(String text) throws MalformedTextException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int bits = 0;
    int bitCount = 0;
    for (int i = 0; i < text.length(); i++) {
      int digit = digit(text.charAt(i));
      if (digit < 0) {
        throw new MalformedTextException("not base32hex: " + text);
      }
      bits = (bits << DIGIT_BITS | digit) & 0xfff;
      bitCount += DIGIT_BITS;
      if (bitCount >= 8) {
        bitCount -= 8;
        out.write(bits >> bitCount);
      }
    }
    if (bitCount >= DIGIT_BITS || (bits & ((1 << bitCount) - 1)) != 0) {
      throw new MalformedTextException("not base32hex: " + text);
    }
    return Bytes.owning(out.toByteArray());
  }
}
