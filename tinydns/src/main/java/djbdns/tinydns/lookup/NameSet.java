package djbdns.tinydns.lookup;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A set of names, kept as 64-bit hashes under a random key: two names are taken for one with a
 * chance of one in 2^64. Off the heap, like the database it speaks of. Filled once by one thread,
 * then read by any number until {@link #close}.
 *
 * <p>Invariants: 0 is never a member; at most half of the slots are taken.
 */
public final class NameSet implements AutoCloseable {
  private static final long ODD = 0x9e3779b97f4a7c15L;

  private static final int FIRST_SLOTS = 64;

  private final long key;
  private Arena arena = Arena.ofShared();
  private MemorySegment slots = arena.allocate(JAVA_LONG, FIRST_SLOTS);
  private int slotCount = FIRST_SLOTS;
  private int size;

  /** An empty set; the key is random bits. */
  public NameSet(long key) {
    this.key = key;
  }

  /** Adds a lower-case name; false if it was there. */
  public boolean add(byte[] name, int offset, int length) {
    if (2 * (size + 1) > slotCount) {
      grow();
    }
    long hash = hash(name, offset, length);
    int slot = slotOf(hash);
    if (at(slot) == hash) {
      return false;
    }
    slots.setAtIndex(JAVA_LONG, slot, hash);
    size++;
    return true;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** True if the set has this lower-case name. */
  public boolean contains(byte[] name, int offset, int length) {
    long hash = hash(name, offset, length);
    return at(slotOf(hash)) == hash;
  }

  private long at(int slot) {
    return slots.getAtIndex(JAVA_LONG, slot);
  }

  /** The slot that holds the hash or, if none does, the free one where it belongs. */
  private int slotOf(long hash) {
    int mask = slotCount - 1;
    int slot = (int) (hash >>> 32) & mask;
    long found = at(slot);
    while (found != 0 && found != hash) {
      slot = (slot + 1) & mask;
      found = at(slot);
    }
    return slot;
  }

  private void grow() {
    final Arena oldArena = arena;
    final MemorySegment oldSlots = slots;
    final int oldCount = slotCount;
    Arena newArena = Arena.ofShared();
    try {
      slots = newArena.allocate(JAVA_LONG, 2L * oldCount);
    } catch (OutOfMemoryError e) {
      newArena.close();
      throw e;
    }
    arena = newArena;
    slotCount = 2 * oldCount;
    for (int i = 0; i < oldCount; i++) {
      long hash = oldSlots.getAtIndex(JAVA_LONG, i);
      if (hash != 0) {
        slots.setAtIndex(JAVA_LONG, slotOf(hash), hash);
      }
    }
    oldArena.close();
  }

  /** Gives the memory back. No thread may be reading. */
  @Override
  public void close() {
    arena.close();
  }

  private long hash(byte[] name, int offset, int length) {
    long hash = key ^ (length * ODD);
    for (int i = offset; i < offset + length; i++) {
      hash = (hash ^ (name[i] & 0xff)) * ODD;
      hash ^= hash >>> 29;
    }
    hash = (hash ^ key) * ODD;
    hash ^= hash >>> 32;
    return hash == 0 ? 1 : hash;
  }
}
