package djbdns.tinydns;

import java.util.function.IntPredicate;

/** Some bits for each hash of a set: 16 to 32 bytes of memory for one. One thread. */
final class HashBits {
  /** Marks a slot as taken, so that a hash without bits is in the set as well. */
  private static final int TAKEN = 1 << 31;

  private final int[] hashes;
  private final int[] bits;
  private final int mask;
  private final int factor;
  private final int shift;

  /**
   * An empty set.
   *
   * @param capacity hashes that it can take
   * @param seed unknown to whoever chooses the hashes, who could else crowd them in a few slots
   */
  HashBits(int capacity, int seed) {
    factor = seed | 1;
    int slots = Integer.highestOneBit(Math.max(1, capacity)) * 4;
    hashes = new int[slots];
    bits = new int[slots];
    mask = slots - 1;
    shift = Integer.numberOfLeadingZeros(mask);
  }

  /** Adds a hash without bits, unless it is there. */
  void add(int hash) {
    int slot = slotOf(hash);
    hashes[slot] = hash;
    bits[slot] |= TAKEN;
  }

  /** True if a hash is in the set. */
  boolean contains(int hash) {
    return bits[slotOf(hash)] != 0;
  }

  /** The bits of a hash, 0 if it is not in the set. */
  int get(int hash) {
    return bits[slotOf(hash)] & ~TAKEN;
  }

  /** Sets bits, 0 to 2<sup>31</sup> - 1, of a hash that is in the set. */
  void set(int hash, int more) {
    bits[slotOf(hash)] |= more;
  }

  /** True if some of the hashes have bits that a test is true for. */
  boolean anyMatch(IntPredicate test) {
    for (int value : bits) {
      if (value != 0 && test.test(value & ~TAKEN)) {
        return true;
      }
    }
    return false;
  }

  /** The place of a hash, or where it belongs. */
  private int slotOf(int hash) {
    // The high bits: the hash of cdb differs in its low bits only between names with a common end.
    int slot = (hash * factor) >>> shift;
    while (bits[slot] != 0 && hashes[slot] != hash) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }
}
