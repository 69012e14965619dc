package djbdns.tinydns.lookup;

/**
 * A set of prefix lengths, 0 to 128 bits. Most files have few of them, and a client costs a lookup
 * for each. May be shared between threads once it is complete.
 */
final class Ipv6Lengths {
  static final int MAX_BITS = 128;
  static final int NONE = -1;

  private final boolean[] lengths = new boolean[MAX_BITS + 1];

  /** Adds a length; numbers that are none are ignored. */
  void add(int bits) {
    if (bits >= 0 && bits <= MAX_BITS) {
      lengths[bits] = true;
    }
  }

  /** The longest of them that is shorter than {@code bits}; {@link #NONE} if there is none. */
  int below(int bits) {
    int length = bits - 1;
    while (length >= 0 && !lengths[length]) {
      length--;
    }
    return length;
  }
}
