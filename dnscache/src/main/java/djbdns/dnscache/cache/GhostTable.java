package djbdns.dnscache.cache;

/**
 * Remembers which entries were evicted unused not long ago, as fingerprints of 16 bits: a later one
 * takes the place of an earlier one, and a stranger is taken for a member once in 65,535 times.
 */
final class GhostTable {
  private static final long ODD = 0x9e3779b97f4a7c15L;

  private final Block block;
  private final int start;
  private final int slots;

  /**
   * A table.
   *
   * @param slots at least 0; {@link #bytes} at {@code start} belong to them and are zero
   */
  GhostTable(Block block, int start, int slots) {
    this.block = block;
    this.start = start;
    this.slots = slots;
  }

  static int bytes(int slots) {
    return Short.BYTES * slots;
  }

  void add(long hash, int type) {
    long mixed = mix(hash, type);
    block.putShort(slotOf(mixed), fingerprint(mixed));
  }

  /** True if an entry is remembered; it is forgotten by that. */
  boolean remove(long hash, int type) {
    long mixed = mix(hash, type);
    int slot = slotOf(mixed);
    if (block.getShort(slot) != fingerprint(mixed)) {
      return false;
    }
    block.putShort(slot, (short) 0);
    return true;
  }

  private static long mix(long hash, int type) {
    return (hash + type) * ODD;
  }

  private int slotOf(long mixed) {
    return start + Short.BYTES * (int) (((mixed >>> 32) * slots) >>> 32);
  }

  /** Never 0, which is a free slot. */
  private static short fingerprint(long mixed) {
    short bits = (short) (mixed >>> 16);
    return bits == 0 ? 1 : bits;
  }
}
