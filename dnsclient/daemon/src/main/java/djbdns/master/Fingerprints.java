package djbdns.master;

/**
 * A set of byte strings, of which it keeps 128 bits each: 32 to 64 bytes of memory for a string of
 * any length. That two strings count as one is as good as impossible for whoever does not know the
 * seed. One thread.
 */
final class Fingerprints {
  private static final long FIRST_FACTOR = 0x9e3779b97f4a7c15L;
  private static final long SECOND_FACTOR = 0xd6e8feb86659fd93L;

  private final long firstSeed;
  private final long secondSeed;

  /** Two numbers for each string, side by side; 0 and 0 where there is none. */
  private long[] slots = new long[1 << 10];

  private int size;

  Fingerprints(long seed) {
    firstSeed = mix(seed ^ FIRST_FACTOR, FIRST_FACTOR);
    secondSeed = mix(seed ^ SECOND_FACTOR, SECOND_FACTOR);
  }

  /** Adds the first bytes of an array; false if they were there. */
  boolean add(byte[] bytes, int length) {
    int slot = slotOf(bytes, length);
    if (slot >= 0) {
      return false;
    }
    slots[~slot] = hash(bytes, length, firstSeed, FIRST_FACTOR);
    slots[~slot + 1] = hash(bytes, length, secondSeed, SECOND_FACTOR) | 1;
    if (4 * ++size > slots.length) {
      grow();
    }
    return true;
  }

  boolean contains(byte[] bytes, int length) {
    return slotOf(bytes, length) >= 0;
  }

  private int slotOf(byte[] bytes, int length) {
    return slotOf(
        hash(bytes, length, firstSeed, FIRST_FACTOR),
        hash(bytes, length, secondSeed, SECOND_FACTOR) | 1);
  }

  /** The index of a fingerprint, or the complement of the index where it belongs. */
  private int slotOf(long first, long second) {
    int mask = slots.length - 2;
    int slot = (int) second & mask;
    while (slots[slot + 1] != 0) {
      if (slots[slot] == first && slots[slot + 1] == second) {
        return slot;
      }
      slot = (slot + 2) & mask;
    }
    return ~slot;
  }

  private void grow() {
    long[] old = slots;
    slots = new long[Math.multiplyExact(2, old.length)];
    for (int i = 0; i < old.length; i += 2) {
      if (old[i + 1] != 0) {
        int slot = ~slotOf(old[i], old[i + 1]);
        slots[slot] = old[i];
        slots[slot + 1] = old[i + 1];
      }
    }
  }

  private static long hash(byte[] bytes, int length, long seed, long factor) {
    long hash = seed ^ length;
    for (int i = 0; i < length; i += Long.BYTES) {
      long word = 0;
      for (int j = Math.min(length, i + Long.BYTES) - 1; j >= i; j--) {
        word = (word << 8) | (bytes[j] & 0xff);
      }
      hash = mix(hash ^ word, factor);
    }
    return mix(hash, factor);
  }

  private static long mix(long value, long factor) {
    long high = Math.unsignedMultiplyHigh(value, factor);
    long mixed = value * factor ^ high;
    return (mixed ^ (mixed >>> 32)) * FIRST_FACTOR ^ Long.rotateLeft(value, 29);
  }
}
