package djbdns.tinydns.rbl;

import djbdns.wire.AddressText;

/** Addresses as text, written into an array; see {@link AddressText}. */
final class AddressBytes {
  /** Longest text: eight groups of four digits. */
  static final int MOST_BYTES = 39;

  private static final int GROUPS = 8;

  private AddressBytes() {}

  /**
   * Writes an address of 4 or 16 bytes: four decimal numbers, or RFC 5952's form without its
   * section 5.
   *
   * @return where the text ends
   */
  static int write(byte[] address, int length, byte[] out, int offset) {
    return length == AddressText.IPV4_BYTES
        ? writeIpv4(address, out, offset)
        : writeIpv6(address, out, offset);
  }

  private static int writeIpv4(byte[] address, byte[] out, int offset) {
    int end = offset;
    for (int i = 0; i < AddressText.IPV4_BYTES; i++) {
      if (i > 0) {
        out[end++] = '.';
      }
      end = writeNumber(address[i] & 0xff, 10, 100, out, end);
    }
    return end;
  }

  private static int writeIpv6(byte[] address, byte[] out, int offset) {
    int zeros = longestZeros(address);
    int zerosEnd = zeros + zerosAt(address, zeros);
    int end = offset;
    for (int i = 0; i < GROUPS; i++) {
      if (i == zeros) {
        out[end++] = ':';
        i = zerosEnd - 1;
        if (zerosEnd == GROUPS) {
          out[end++] = ':';
        }
        continue;
      }
      if (i > 0) {
        out[end++] = ':';
      }
      end = writeNumber(group(address, i), 16, 0x1000, out, end);
    }
    return end;
  }

  private static int group(byte[] address, int index) {
    return ((address[2 * index] & 0xff) << 8) | (address[2 * index + 1] & 0xff);
  }

  /**
   * The start of the first of the longest runs of two or more zero groups; GROUPS if there is none.
   */
  private static int longestZeros(byte[] address) {
    int best = GROUPS;
    int bestLength = 1;
    for (int i = 0; i < GROUPS; i++) {
      if (zerosAt(address, i) > bestLength) {
        best = i;
        bestLength = zerosAt(address, i);
      }
    }
    return best;
  }

  private static int zerosAt(byte[] address, int start) {
    int i = start;
    while (i < GROUPS && group(address, i) == 0) {
      i++;
    }
    return i - start;
  }

  /** Digits without leading zeros; {@code highest} is the place value of the first possible one. */
  private static int writeNumber(int value, int base, int highest, byte[] out, int offset) {
    int end = offset;
    for (int place = highest; place > 0; place /= base) {
      if (value >= place || place == 1) {
        out[end++] = (byte) Character.forDigit(value / place % base, base);
      }
    }
    return end;
  }
}
