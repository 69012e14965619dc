package djbdns.tinydns.lookup;

/**
 * A set of names, kept as 64-bit hashes under a random key: two names that nobody could choose to
 * collide do so with a chance of one in 2^64 for each pair. Filled once by one thread, then read by
 * any number.
 *
 * <p>Invariants: 0 is never a member; at most half of the slots are taken.
 */
final class NameSet {
  private static final long ODD = 0x9e3779b97f4a7c15L;

  private final long key;
  private long[] slots = new long[64];
  private int size;

  NameSet(long key) {
    this.key = key;
  }

  /** Adds a lower-case name; false if it was there. */
  boolean add(byte[] name, int offset, int length) {
    if (2 * (size + 1) > slots.length) {
      grow();
    }
    long hash = hash(name, offset, length);
    int slot = slotOf(slots, hash);
    if (slots[slot] == hash) {
      return false;
    }
    slots[slot] = hash;
    size++;
    return true;
  }

  boolean contains(byte[] name, int offset, int length) {
    long hash = hash(name, offset, length);
    return slots[slotOf(slots, hash)] == hash;
  }

  private static int slotOf(long[] slots, long hash) {
    int mask = slots.length - 1;
    int slot = (int) (hash >>> 32) & mask;
    while (slots[slot] != 0 && slots[slot] != hash) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    long[] larger = new long[2 * slots.length];
    for (long hash : slots) {
      if (hash != 0) {
        larger[slotOf(larger, hash)] = hash;
      }
    }
    slots = larger;
  }

  private long hash(byte[] name, int offset, int length) {
    long hash = key;
    for (int i = offset; i < offset + length; i++) {
      hash = (hash ^ (name[i] & 0xff)) * ODD;
      hash ^= hash >>> 29;
    }
    hash = (hash ^ key) * ODD;
    hash ^= hash >>> 32;
    return hash == 0 ? 1 : hash;
  }
}
