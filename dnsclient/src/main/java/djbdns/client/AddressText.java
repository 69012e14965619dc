package djbdns.client;

import java.util.Arrays;

/** IPv4 and IPv6 addresses to and from text, strictly; nothing is ever looked up. */
final class AddressText {
  private static final byte[] NONE = {};
  private static final int IPV4_BYTES = 4;
  private static final int IPV6_BYTES = 16;
  private static final int IPV6_GROUPS = 8;

  private AddressText() {}

  /** Reads {@code 1.2.3.4} or an IPv6 address (RFC 4291, 2.2); no bytes if it is neither. */
  static byte[] parse(String text) {
    return text.indexOf(':') < 0 ? parseIpv4(text, 0) : parseIpv6(text);
  }

  private static byte[] parseIpv4(String text, int start) {
    byte[] address = new byte[IPV4_BYTES];
    int next = start;
    for (int i = 0; i < IPV4_BYTES; i++) {
      int dot = text.indexOf('.', next);
      int end = i == IPV4_BYTES - 1 ? text.length() : dot;
      int octet = end < 0 ? -1 : decimal(text, next, end, 255);
      if (octet < 0) {
        return NONE;
      }
      address[i] = (byte) octet;
      next = end + 1;
    }
    return address;
  }

  private static byte[] parseIpv6(String text) {
    int gap = text.indexOf("::");
    byte[] address = new byte[IPV6_BYTES];
    if (gap < 0) {
      return parseGroups(text, address) == IPV6_BYTES ? address : NONE;
    }
    int head = parseGroups(text.substring(0, gap), address);
    byte[] rest = new byte[IPV6_BYTES];
    int tail = parseGroups(text.substring(gap + 2), rest);
    boolean dottedHead = text.lastIndexOf('.', gap) >= 0;
    // The gap stands for at least one group.
    if (head < 0 || tail < 0 || dottedHead || head + tail > IPV6_BYTES - 2) {
      return NONE;
    }
    System.arraycopy(rest, 0, address, IPV6_BYTES - tail, tail);
    return address;
  }

  /** Reads groups split by single colons, and returns the bytes written; -1 if malformed. */
  private static int parseGroups(String text, byte[] target) {
    int length = 0;
    int next = 0;
    while (next < text.length()) {
      int colon = text.indexOf(':', next);
      int end = colon < 0 ? text.length() : colon;
      byte[] group =
          colon < 0 && text.indexOf('.', next) >= 0
              ? parseIpv4(text, next)
              : parseGroup(text, next, end);
      if (group.length == 0 || length + group.length > target.length || end == text.length() - 1) {
        return -1;
      }
      System.arraycopy(group, 0, target, length, group.length);
      length += group.length;
      next = end + 1;
    }
    return length;
  }

  private static byte[] parseGroup(String text, int start, int end) {
    int value = 0;
    for (int i = start; i < end; i++) {
      int digit = text.charAt(i) < 128 ? Character.digit(text.charAt(i), 16) : -1;
      if (digit < 0) {
        return NONE;
      }
      value = 16 * value + digit;
    }
    return end == start || end - start > 4 ? NONE : new byte[] {(byte) (value >> 8), (byte) value};
  }

  /** Reads digits from {@code start} to {@code end}: 0 to {@code max}, or -1 if it is no such. */
  static int decimal(String text, int start, int end, int max) {
    int value = 0;
    for (int i = start; i < end; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = 10 * value + digit;
      if (value > max) {
        return -1;
      }
    }
    return end > start ? value : -1;
  }

  /** Writes 4 or 16 bytes as text, IPv6 as RFC 5952 says. */
  static String format(byte[] address) {
    StringBuilder out = new StringBuilder();
    if (address.length == IPV4_BYTES) {
      appendIpv4(out, address);
    } else {
      appendIpv6(out, address);
    }
    return out.toString();
  }

  private static void appendIpv4(StringBuilder out, byte[] address) {
    for (int i = 0; i < IPV4_BYTES; i++) {
      out.append(i == 0 ? "" : ".").append(address[i] & 0xff);
    }
  }

  private static void appendIpv6(StringBuilder out, byte[] address) {
    int[] groups = new int[IPV6_GROUPS];
    Arrays.setAll(groups, i -> ((address[2 * i] & 0xff) << 8) | (address[2 * i + 1] & 0xff));
    int gap = 0;
    int gapLength = 1;
    for (int start = 0; start < IPV6_GROUPS; start++) {
      int end = start;
      while (end < IPV6_GROUPS && groups[end] == 0) {
        end++;
      }
      if (end - start > gapLength) {
        gap = start;
        gapLength = end - start;
      }
    }
    int gapEnd = gapLength > 1 ? gap + gapLength : -1;
    for (int i = 0; i < IPV6_GROUPS; i++) {
      if (i == gap && gapEnd > 0) {
        out.append("::");
        i = gapEnd - 1;
        continue;
      }
      out.append(i == 0 || i == gapEnd ? "" : ":").append(Integer.toHexString(groups[i]));
    }
  }
}
