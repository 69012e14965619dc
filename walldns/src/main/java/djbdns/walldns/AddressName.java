package djbdns.walldns;

import djbdns.wire.NameBytes;
import java.nio.charset.StandardCharsets;

/**
 * Reads the address that a name says (dd.c; RFC 3596, 2.5): dotted-decimal, below in-addr.arpa or
 * below ip6.arpa; below the latter two it may be the beginning of an address. An octet has no
 * leading zeros. Belongs to one thread and is meant to be reused.
 */
final class AddressName {
  /** The ways in which a name gives an address. */
  enum Form {
    /** It does not. */
    NONE,
    /** 1.2.3.4 */
    DOTTED,
    /** 4.3.2.1.in-addr.arpa, or part of it down to in-addr.arpa */
    IN_ADDR,
    /** 32 hexadecimal digits in reverse and ip6.arpa, or part of it down to ip6.arpa */
    IP6
  }

  private static final byte[] IN_ADDR_BASE = bytes("\7in-addr\4arpa\0");
  private static final byte[] IP6_BASE = bytes("\3ip6\4arpa\0");
  private static final int OCTETS = 4;
  private static final int NIBBLES = 32;

  private final byte[] labels = new byte[NIBBLES];
  private final byte[] address = new byte[NIBBLES / 2];
  private int addressBytes;

  private static byte[] bytes(String wire) {
    return wire.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Reads a name in wire form, in any letter case. The other methods speak of the last one. */
  Form read(byte[] name, int nameLength) {
    addressBytes = 0;
    int end = nameLength - IP6_BASE.length;
    return end >= 0 && NameBytes.equalIgnoreCase(name, end, IP6_BASE, 0, IP6_BASE.length)
        ? readNibbles(name, end)
        : readOctets(name, nameLength);
  }

  private Form readOctets(byte[] name, int nameLength) {
    int label = 0;
    for (int count = 0; ; count++) {
      if (name[label] == 0) {
        return count == OCTETS ? dotted() : Form.NONE;
      }
      if (nameLength - label == IN_ADDR_BASE.length
          && NameBytes.equalIgnoreCase(name, label, IN_ADDR_BASE, 0, IN_ADDR_BASE.length)) {
        return inAddr(count);
      }
      int octet = octet(name, label);
      if (count == OCTETS || octet < 0) {
        return Form.NONE;
      }
      labels[count] = (byte) octet;
      label += 1 + name[label];
    }
  }

  private Form dotted() {
    System.arraycopy(labels, 0, address, 0, OCTETS);
    addressBytes = OCTETS;
    return Form.DOTTED;
  }

  private Form inAddr(int count) {
    if (count == OCTETS) {
      for (int i = 0; i < OCTETS; i++) {
        address[i] = labels[OCTETS - 1 - i];
      }
      addressBytes = OCTETS;
    }
    return Form.IN_ADDR;
  }

  private Form readNibbles(byte[] name, int end) {
    int count = 0;
    int label = 0;
    while (label < end) {
      int nibble = name[label] == 1 ? Character.digit((char) (name[label + 1] & 0xff), 16) : -1;
      if (count == NIBBLES || nibble < 0) {
        return Form.NONE;
      }
      labels[count++] = (byte) nibble;
      label += 2;
    }
    if (label != end) {
      return Form.NONE;
    }
    if (count == NIBBLES) {
      addressBytes = address.length;
      for (int i = 0; i < addressBytes; i++) {
        int low = NIBBLES - 2 - 2 * i;
        address[i] = (byte) ((labels[low + 1] << 4) | labels[low]);
      }
    }
    return Form.IP6;
  }

  /** The number in a label, 0 to 255; -1 if there is another thing in it. */
  private static int octet(byte[] name, int label) {
    int length = name[label];
    if (length > 3 || (length > 1 && name[label + 1] == '0')) {
      return -1;
    }
    int value = 0;
    for (int i = label + 1; i <= label + length; i++) {
      if (name[i] < '0' || name[i] > '9') {
        return -1;
      }
      value = 10 * value + name[i] - '0';
    }
    return value <= 255 ? value : -1;
  }

  /** True if the name says all of an address. */
  boolean isWhole() {
    return addressBytes > 0;
  }

  /** The address, {@link #addressBytes()} from the start; owned by this reader. */
  byte[] address() {
    return address;
  }

  /** 4 or 16; 0 if the name does not say all of an address. */
  int addressBytes() {
    return addressBytes;
  }
}
