package djbdns.dnscache;

/**
 * Reverse zones that mean nothing outside their own network: private, loopback, link-local and
 * documentation addresses (RFC 6303, 4; RFC 7793).
 */
final class ReverseZones {
  /** Labels of an IPv6 address's name: 32 digits, ip6 and arpa. */
  private static final int IPV6_NAME_LABELS = 34;

  private ReverseZones() {}

  /** Labels of the zone that a name below in-addr.arpa is in; 0 if there is none. */
  static int ipv4Labels(LabelScan name) {
    int first = name.octet(3);
    int second = name.octet(4);
    int third = name.octet(5);
    return switch (first) {
      case 0, 10, 127 -> 3;
      case 100 -> second >= 64 && second <= 127 ? 4 : 0;
      case 169 -> second == 254 ? 4 : 0;
      case 172 -> second >= 16 && second <= 31 ? 4 : 0;
      case 192 -> second == 168 ? 4 : labelsIf(second == 0 && third == 2);
      case 198 -> labelsIf(second == 51 && third == 100);
      case 203 -> labelsIf(second == 0 && third == 113);
      case 255 -> second == 255 && third == 255 && name.octet(6) == 255 ? 6 : 0;
      default -> 0;
    };
  }

  private static int labelsIf(boolean threeOctets) {
    return threeOctets ? 5 : 0;
  }

  /** Labels of the zone that a name below ip6.arpa is in; 0 if there is none. */
  static int ipv6Labels(LabelScan name) {
    int first = name.nibble(3);
    int second = name.nibble(4);
    int third = name.nibble(5);
    if (first == 0xf && second == 0xd) {
      return 4;
    }
    if (first == 0xf && second == 0xe && third >= 0x8 && third <= 0xb) {
      return 5;
    }
    if (first == 2 && isDocumentation(name)) {
      return 10;
    }
    return first == 0 && isZeroOrOne(name) ? IPV6_NAME_LABELS : 0;
  }

  /** 2001:db8::/32. */
  private static boolean isDocumentation(LabelScan name) {
    int prefix = 0;
    for (int label = 3; label <= 10; label++) {
      int nibble = name.nibble(label);
      if (nibble < 0) {
        return false;
      }
      prefix = (prefix << 4) | nibble;
    }
    return prefix == 0x20010db8;
  }

  /** {@code ::} and {@code ::1}. */
  private static boolean isZeroOrOne(LabelScan name) {
    for (int label = 3; label < IPV6_NAME_LABELS; label++) {
      if (name.nibble(label) != 0) {
        return false;
      }
    }
    int last = name.nibble(IPV6_NAME_LABELS);
    return last == 0 || last == 1;
  }

  /** True if the name is that of 127.0.0.1 or ::1. */
  static boolean isLoopback(LabelScan name) {
    if (name.is(2, "in-addr")) {
      return name.count() == 6
          && name.octet(3) == 127
          && name.octet(4) == 0
          && name.octet(5) == 0
          && name.octet(6) == 1;
    }
    return name.count() == IPV6_NAME_LABELS
        && name.nibble(IPV6_NAME_LABELS) == 1
        && isZeroOrOne(name);
  }
}
