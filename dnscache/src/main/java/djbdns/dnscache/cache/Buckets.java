package djbdns.dnscache.cache;

/**
 * The hash table of a block: heads at its start, and from each head a chain through the entries of
 * all names that fall into its bucket. A link is the place of an int that holds an entry's offset:
 * a head, or the first field of an entry.
 */
final class Buckets {
  private final Block block;
  private final Entries entries;
  private final int count;

  /**
   * Buckets.
   *
   * @param count at least 1; the block's first {@link #bytes} belong to them and are zero
   */
  Buckets(Block block, Entries entries, int count) {
    this.block = block;
    this.entries = entries;
    this.count = count;
  }

  static int bytes(int count) {
    return Integer.BYTES * count;
  }

  int count() {
    return count;
  }

  /** The bucket of a hash. */
  int indexOf(long hash) {
    return (int) (((hash & 0xffffffffL) * count) >>> 32);
  }

  /** The first entry of a bucket, or 0. */
  int first(int index) {
    return block.getInt(Integer.BYTES * index);
  }

  /** The first entry of a hash's bucket, or 0. */
  int firstOf(long hash) {
    return first(indexOf(hash));
  }

  void add(long hash, int entry) {
    int head = Integer.BYTES * indexOf(hash);
    block.putInt(entry, block.getInt(head));
    block.putInt(head, entry);
  }

  void remove(long hash, int entry) {
    block.putInt(linkTo(hash, entry), entries.next(entry));
  }

  /** Makes the link to an entry one to where it will be moved. */
  void moved(long hash, int from, int to) {
    block.putInt(linkTo(hash, from), to);
  }

  private int linkTo(long hash, int entry) {
    int link = Integer.BYTES * indexOf(hash);
    int next = block.getInt(link);
    while (next != entry) {
      if (next == 0) {
        throw new IllegalStateException("entry " + entry + " is not in its bucket");
      }
      link = next;
      next = block.getInt(link);
    }
    return link;
  }
}
