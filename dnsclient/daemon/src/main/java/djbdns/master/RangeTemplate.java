package djbdns.master;

import djbdns.wire.MalformedTextException;

/**
 * Text with a number in it, as BIND's {@code $GENERATE} has it: {@code $} stands for the number,
 * <code>${offset,width,base}</code> for the sum of it and the offset, with zeros in front up to the
 * width, in base d, o, x, X, or n or N for reversed nibbles with dots between them; {@code $$} is a
 * dollar sign, and a backslash with the character behind it stays as it is.
 */
final class RangeTemplate {
  private static final int MAX_WIDTH = 127;

  private final String text;

  RangeTemplate(String text) {
    this.text = text;
  }

  /** The text for one number, 0 to 2<sup>31</sup> - 1. */
  String at(int number) throws MalformedTextException {
    StringBuilder out = new StringBuilder(text.length() + 16);
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i++);
      if (c == '\\' && i < text.length()) {
        out.append(c).append(text.charAt(i++));
      } else if (c != '$') {
        out.append(c);
      } else if (i < text.length() && text.charAt(i) == '$') {
        out.append('$');
        i++;
      } else if (i < text.length() && text.charAt(i) == '{') {
        int end = text.indexOf('}', i);
        if (end < 0) {
          throw new MalformedTextException("brace is never closed: " + text);
        }
        append(out, number, text.substring(i + 1, end));
        i = end + 1;
      } else {
        out.append(number);
      }
    }
    return out.toString();
  }

  private void append(StringBuilder out, int number, String format) throws MalformedTextException {
    String[] parts = format.split(",", -1);
    String base = parts.length > 2 ? parts[2] : "d";
    if (parts.length > 3 || base.length() != 1) {
      throw bad(format);
    }
    try {
      int value = Math.addExact(number, Integer.parseInt(parts[0]));
      int width = parts.length > 1 ? Integer.parseUnsignedInt(parts[1]) : 0;
      if (width < 0 || width > MAX_WIDTH) {
        throw bad(format);
      }
      switch (base.charAt(0)) {
        case 'd' -> appendDecimal(out, value, width);
        case 'o' -> appendPadded(out, "", Integer.toOctalString(value), width);
        case 'x' -> appendPadded(out, "", Integer.toHexString(value), width);
        case 'X' -> appendPadded(out, "", upper(Integer.toHexString(value)), width);
        case 'n' -> appendNibbles(out, value, width, "0123456789abcdef");
        case 'N' -> appendNibbles(out, value, width, "0123456789ABCDEF");
        default -> throw bad(format);
      }
    } catch (NumberFormatException | ArithmeticException e) {
      throw bad(format);
    }
  }

  private static MalformedTextException bad(String format) {
    return new MalformedTextException("bad format: {" + format + "}");
  }

  private static void appendDecimal(StringBuilder out, int value, int width) {
    String sign = value < 0 ? "-" : "";
    appendPadded(out, sign, Long.toString(Math.abs((long) value)), width - sign.length());
  }

  private static void appendPadded(StringBuilder out, String sign, String digits, int width) {
    out.append(sign).repeat('0', Math.max(0, width - digits.length())).append(digits);
  }

  private static String upper(String hex) {
    StringBuilder out = new StringBuilder();
    hex.chars().map(Character::toUpperCase).forEach(c -> out.append((char) c));
    return out.toString();
  }

  /** The lowest nibble first; the width counts dots too. */
  private static void appendNibbles(StringBuilder out, int value, int width, String digits) {
    int rest = value;
    int left = width;
    do {
      out.append(digits.charAt(rest & 0xf));
      rest >>>= 4;
      left--;
      if (left > 0 || rest != 0) {
        out.append('.');
        left--;
      }
    } while (left > 0 || rest != 0);
  }
}
