package djbdns.dnscache;

import djbdns.wire.Limits;

/** A name's labels, counted from its end: label 1 is the last. Reused from name to name. */
final class LabelScan {
  private static final int ADDRESS_LABELS = 4;

  private final int[] offsets = new int[Limits.NAME_LABELS];
  private byte[] name = {0};
  private int count;

  /** Reads a name in wire form, in small letters. */
  void read(byte[] wire) {
    name = wire;
    count = 0;
    for (int at = 0; wire[at] != 0; at += 1 + wire[at]) {
      offsets[count++] = at;
    }
  }

  int count() {
    return count;
  }

  /** The offset of a label's length byte. */
  int offset(int fromEnd) {
    return offsets[count - fromEnd];
  }

  /** True if there is such a label and this is its text. */
  boolean is(int fromEnd, String text) {
    if (fromEnd > count) {
      return false;
    }
    int at = offset(fromEnd);
    if (name[at] != text.length()) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (name[at + 1 + i] != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** A label as an octet: 0 to 255 in decimal without leading zeros; -1 if it is anything else. */
  int octet(int fromEnd) {
    if (fromEnd > count) {
      return -1;
    }
    int at = offset(fromEnd);
    int length = name[at];
    if (length > 3 || (length > 1 && name[at + 1] == '0')) {
      return -1;
    }
    int value = 0;
    for (int i = 1; i <= length; i++) {
      int digit = name[at + i] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = (10 * value) + digit;
    }
    return value <= 0xff ? value : -1;
  }

  /** A label as one hexadecimal digit; -1 if it is anything else. */
  int nibble(int fromEnd) {
    if (fromEnd > count || name[offset(fromEnd)] != 1) {
      return -1;
    }
    return Character.digit(name[offset(fromEnd) + 1], 16);
  }

  /** True if the whole name is an IPv4 address, its first octet first. */
  boolean isAddress() {
    return count == ADDRESS_LABELS
        && octet(1) >= 0
        && octet(2) >= 0
        && octet(3) >= 0
        && octet(4) >= 0;
  }

  /** The address that {@link #isAddress()} speaks of. */
  byte[] address() {
    return new byte[] {(byte) octet(4), (byte) octet(3), (byte) octet(2), (byte) octet(1)};
  }
}
