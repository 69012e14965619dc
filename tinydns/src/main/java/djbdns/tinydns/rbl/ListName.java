package djbdns.tinydns.rbl;

import djbdns.wire.AddressText;
import djbdns.wire.Limits;
import djbdns.wire.Name;
import djbdns.wire.NameBytes;

/**
 * A name below the base of the list, taken apart (dd.c; RFC 5782, 2.1 and 2.4): {@code d.c.b.a} for
 * the IPv4 address a.b.c.d, 32 hexadecimal digits with dots between them for an IPv6 address, both
 * from the end of the address to its start. Belongs to one thread and is used again.
 */
final class ListName {
  private static final int NIBBLES = 32;
  private static final int NO_NUMBER = -1;

  private final byte[] base;
  private final byte[] ipv4 = new byte[AddressText.IPV4_BYTES];
  private final byte[] ipv6 = new byte[AddressText.IPV6_BYTES];
  private boolean below;
  private int labels;
  private boolean octetsOnly;
  private boolean nibblesOnly;

  ListName(Name base) {
    this.base = base.lowerCase().toWire();
  }

  /** Takes a lower-case name apart. */
  void parse(byte[] name, int length) {
    int end = length - base.length;
    labels = 0;
    octetsOnly = true;
    nibblesOnly = true;
    int label = 0;
    while (label < end) {
      take(name, label);
      label += 1 + name[label];
    }
    below = label == end && NameBytes.equalIgnoreCase(name, label, base, 0, base.length);
  }

  private void take(byte[] name, int label) {
    int octet = octet(name, label);
    octetsOnly &= octet != NO_NUMBER && labels < AddressText.IPV4_BYTES;
    if (octetsOnly) {
      ipv4[AddressText.IPV4_BYTES - 1 - labels] = (byte) octet;
    }
    int nibble = name[label] == 1 ? Character.digit(name[label + 1], 16) : NO_NUMBER;
    nibblesOnly &= nibble != NO_NUMBER && labels < NIBBLES;
    if (nibblesOnly) {
      int index = AddressText.IPV6_BYTES - 1 - labels / 2;
      ipv6[index] = (byte) (labels % 2 == 0 ? nibble : (nibble << 4) | ipv6[index]);
    }
    labels = Math.min(labels + 1, Limits.NAME_BYTES);
  }

  /** A label of one to three decimal digits without leading zero, 0 to 255. */
  private static int octet(byte[] name, int label) {
    int digits = name[label];
    if (digits > 3 || (digits > 1 && name[label + 1] == '0')) {
      return NO_NUMBER;
    }
    int value = 0;
    for (int i = label + 1; i <= label + digits; i++) {
      if (name[i] < '0' || name[i] > '9') {
        return NO_NUMBER;
      }
      value = 10 * value + name[i] - '0';
    }
    return value <= 255 ? value : NO_NUMBER;
  }

  /** True if the name is the base, or below it. */
  boolean isBelow() {
    return below;
  }

  boolean isIpv4() {
    return below && octetsOnly && labels == AddressText.IPV4_BYTES;
  }

  boolean isIpv6() {
    return below && nibblesOnly && labels == NIBBLES;
  }

  /** True if names of IPv4 addresses are below this one. */
  boolean isAboveIpv4() {
    return below && octetsOnly && labels < AddressText.IPV4_BYTES;
  }

  /** True if names of IPv6 addresses are below this one. */
  boolean isAboveIpv6() {
    return below && nibblesOnly && labels < NIBBLES;
  }

  /** The address, if the name is that of an IPv4 address. */
  byte[] ipv4() {
    return ipv4;
  }

  /** The address, if the name is that of an IPv6 address. */
  byte[] ipv6() {
    return ipv6;
  }
}
