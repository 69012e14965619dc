package djbdns.wire;

import java.io.ByteArrayOutputStream;
import java.util.Optional;

/** IP addresses as text. */
public final class AddressText {
  public static final int IPV4_BYTES = 4;
  public static final int IPV6_BYTES = 16;

  private static final int GROUPS = 8;

  private AddressText() {}

  /** An IPv4 or IPv6 address of 4 or 16 bytes. */
  public static String of(Bytes address) {
    return address.length() == IPV4_BYTES ? ofIpv4(address) : ofIpv6(address);
  }

  /** Four decimal numbers with dots between them. */
  public static String ofIpv4(Bytes address) {
    return ofIpv4(address, 0);
  }

  private static String ofIpv4(Bytes address, int offset) {
    return address.at(offset)
        + "."
        + address.at(offset + 1)
        + "."
        + address.at(offset + 2)
        + "."
        + address.at(offset + 3);
  }

  /** The one recommended form (RFC 5952, 4 and 5). */
  public static String ofIpv6(Bytes address) {
    int[] groups = new int[GROUPS];
    for (int i = 0; i < GROUPS; i++) {
      groups[i] = address.at(2 * i) << 8 | address.at(2 * i + 1);
    }
    int zeros = longestZeros(groups);
    int zerosEnd = zeros + zerosAt(groups, zeros);
    boolean mapped = zeros == 0 && zerosEnd == 5 && groups[5] == 0xffff;
    int end = mapped ? GROUPS - 2 : GROUPS;
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < end; i++) {
      if (i == zeros) {
        out.append("::");
        i = zerosEnd;
      } else if (i > 0) {
        out.append(':');
      }
      if (i < end) {
        out.append(Integer.toHexString(groups[i]));
      }
    }
    return mapped ? out + ":" + ofIpv4(address, 12) : out.toString();
  }

  /**
   * The start of the first of the longest runs of two or more zero groups; GROUPS if there is none.
   */
  private static int longestZeros(int[] groups) {
    int best = GROUPS;
    int bestLength = 1;
    for (int i = 0; i < GROUPS; i++) {
      if (zerosAt(groups, i) > bestLength) {
        best = i;
        bestLength = zerosAt(groups, i);
      }
    }
    return best;
  }

  private static int zerosAt(int[] groups, int start) {
    int i = start;
    while (i < GROUPS && groups[i] == 0) {
      i++;
    }
    return i - start;
  }

  /** 4 bytes, if the text is four decimal numbers of 0 to 255 without leading zeros. */
  public static Optional<Bytes> parseIpv4(String text) {
    String[] parts = text.split("\\.", -1);
    byte[] address = new byte[IPV4_BYTES];
    if (parts.length != IPV4_BYTES) {
      return Optional.empty();
    }
    for (int i = 0; i < IPV4_BYTES; i++) {
      Optional<Long> octet = Codes.parseDecimal(parts[i], 255);
      if (octet.isEmpty() || (parts[i].length() > 1 && parts[i].charAt(0) == '0')) {
        return Optional.empty();
      }
      address[i] = octet.get().byteValue();
    }
    return Optional.of(Bytes.owning(address));
  }

  /** 16 bytes, if the text is one of the forms of RFC 4291, 2.2. */
  public static Optional<Bytes> parseIpv6(String text) {
    int gap = text.indexOf("::");
    if (gap < 0) {
      return parseGroups(text).filter(bytes -> bytes.length() == IPV6_BYTES);
    }
    Optional<Bytes> head = parseGroups(text.substring(0, gap));
    Optional<Bytes> tail = parseGroups(text.substring(gap + 2));
    if (head.isEmpty() || tail.isEmpty() || text.substring(0, gap).contains(".")) {
      return Optional.empty();
    }
    byte[] address = new byte[IPV6_BYTES];
    int tailStart = IPV6_BYTES - tail.get().length();
    if (head.get().length() > tailStart - 2) {
      return Optional.empty();
    }
    System.arraycopy(head.get().toArray(), 0, address, 0, head.get().length());
    System.arraycopy(tail.get().toArray(), 0, address, tailStart, tail.get().length());
    return Optional.of(Bytes.owning(address));
  }

  /** 4 or 16 bytes, if the text is an IPv4 or IPv6 address. */
  public static Optional<Bytes> parse(String text) {
    return text.indexOf(':') < 0 ? parseIpv4(text) : parseIpv6(text);
  }

  /** One to four hexadecimal digits. A regular expression would cost the commands 10 ms to load. */
  private static boolean isGroup(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > 'f' || Character.digit(text.charAt(i), 16) < 0) {
        return false;
      }
    }
    return !text.isEmpty() && text.length() <= 4;
  }

  /** Groups with single colons between them, the last two perhaps as an IPv4 address. */
  private static Optional<Bytes> parseGroups(String text) {
    if (text.isEmpty()) {
      return Optional.of(Bytes.EMPTY);
    }
    String[] parts = text.split(":", GROUPS + 1);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < parts.length; i++) {
      if (i == parts.length - 1 && parts[i].contains(".")) {
        Optional<Bytes> ipv4 = parseIpv4(parts[i]);
        if (ipv4.isEmpty()) {
          return Optional.empty();
        }
        out.writeBytes(ipv4.get().toArray());
      } else if (isGroup(parts[i])) {
        int group = Integer.parseInt(parts[i], 16);
        out.write(group >> 8);
        out.write(group);
      } else {
        return Optional.empty();
      }
    }
    return Optional.of(Bytes.owning(out.toByteArray()));
  }
}
