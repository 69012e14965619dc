package djbdns.dnscache.cache;

import djbdns.wire.Limits;

/**
 * Decides which entries stay: S3-FIFO (Yang and others, "FIFO queues are all you need for cache
 * eviction", SOSP 2023). New entries enter a small ring, a tenth of the space. One that nobody asks
 * for before it reaches the ring's end is evicted, so names asked for once, as in a
 * random-subdomain attack, only ever push out one another. One that was used moves on to the main
 * ring, which moves its oldest entry back to the front as often as it was used and evicts it then.
 * An entry that comes back soon after its eviction (the ghost table knows) goes to the main ring at
 * once.
 *
 * <p>A large entry goes the same way, but all large ones together have a quarter of the main ring
 * at most, and one for which there is no more room there is evicted. So a few names with huge
 * record sets, which anybody can make and ask for twice, do not push out thousands of others.
 *
 * <p>Rings, because entries differ in size: the oldest bytes make room for the newest, so there is
 * no allocator and no fragmentation, and an entry costs no bytes for lists. One ring alone (CLOCK)
 * is simpler and hit 50 instead of 55 requests in a hundred over all traces and sizes of
 * tools/bench/cache-hit-rate; a small ring of a fifth, twice the ghosts, or two uses in place of
 * one changed less than 0.3. SIEVE leaves entries where they are, which with sizes this different
 * leaves holes.
 */
final class EntryQueues {
  /** The small ring has one in this many bytes. */
  private static final int SMALL_SHARE = 10;

  /** An entry is large if it takes more than one in this many bytes of the small ring. */
  private static final int LARGE_SHARE = 4;

  /** Large entries have at most one in this many bytes of the main ring. */
  private static final int SHARE_OF_LARGE = 4;

  /** Entries moved back to the front for one new entry; after that even used ones are evicted. */
  private static final int MOST_MOVES = 256;

  /** A larger new entry, which needs the room of several, has a move for so many of its bytes. */
  private static final int BYTES_PER_MOVE = 64;

  /** So many bytes moved count as a move, so that the bytes are bounded too. */
  private static final int MOVED_BYTES = 1024;

  private final Block block;
  private final Entries entries;
  private final Buckets buckets;
  private final GhostTable ghosts;
  private final SipHash siphash;
  private final Ring small;
  private final Ring main;
  private final byte[] scratch = new byte[Limits.NAME_BYTES];

  private int movesLeft;

  /** Bytes of large entries in the main ring, dead ones too. */
  private int largeBytes;

  private int count;
  private long bytesUsed;
  private long evictions;
  private long motionBytes;

  /**
   * Empty queues.
   *
   * @param start where the space for entries starts; it ends with the block
   */
  EntryQueues(
      Block block,
      Entries entries,
      Buckets buckets,
      GhostTable ghosts,
      SipHash siphash,
      int start) {
    this.block = block;
    this.entries = entries;
    this.buckets = buckets;
    this.ghosts = ghosts;
    this.siphash = siphash;
    int space = Math.max(0, block.byteSize() - start);
    small = new Ring(start, space / SMALL_SHARE);
    main = new Ring(small.end(), space - small.byteSize());
  }

  Ring small() {
    return small;
  }

  Ring main() {
    return main;
  }

  /** Entries in buckets, expired ones that nobody has noticed among them. */
  int count() {
    return count;
  }

  /** Bytes of the entries in buckets. */
  long bytesUsed() {
    return bytesUsed;
  }

  /** Entries thrown out before their time. */
  long evictions() {
    return evictions;
  }

  /** Bytes of all entries ever added or rewritten. */
  long motionBytes() {
    return motionBytes;
  }

  /** True if an entry of this size can be kept at all. */
  boolean accepts(int size) {
    return size <= small.byteSize();
  }

  boolean isLarge(int size) {
    return size > small.byteSize() / LARGE_SHARE;
  }

  int largeBytes() {
    return largeBytes;
  }

  int mostLargeBytes() {
    return main.byteSize() / SHARE_OF_LARGE;
  }

  private boolean mayEnterMain(int size) {
    return !isLarge(size) || largeBytes + size <= mostLargeBytes();
  }

  boolean isMain(int entry) {
    return entry >= main.start();
  }

  /** True if a new entry goes to the main ring: one like it was evicted lately. */
  boolean wasEvicted(long hash, int type) {
    return ghosts.remove(hash, type);
  }

  /**
   * Adds an entry of which there is no other; its size is one that is accepted.
   *
   * @param inMain whether it goes to the main ring, unless it is large and there is no more room
   */
  void add(
      long hash,
      byte[] name,
      int nameLength,
      CacheEntry from,
      boolean inMain,
      int uses,
      long unixSeconds) {
    int size = Entries.size(nameLength, from.dataLength());
    movesLeft = Math.max(MOST_MOVES, size / BYTES_PER_MOVE);
    Ring ring = inMain && mayEnterMain(size) ? main : small;
    makeRoom(ring, size, unixSeconds);
    int entry = take(ring, size);
    entries.write(entry, name, nameLength, from, uses);
    buckets.add(hash, entry);
    count++;
    bytesUsed += size;
    motionBytes += size;
  }

  /** Rewrites an entry with another of the same name, type and size. */
  void rewrite(int entry, byte[] name, int nameLength, CacheEntry from, int uses) {
    entries.write(entry, name, nameLength, from, uses);
    motionBytes += entries.size(entry);
  }

  /** Takes an entry out of its bucket; its bytes come back when it is its ring's oldest. */
  void remove(long hash, int entry) {
    buckets.remove(hash, entry);
    entries.setDead(entry);
    count--;
    bytesUsed -= entries.size(entry);
  }

  private int take(Ring ring, int size) {
    if (ring == main && isLarge(size)) {
      largeBytes += size;
    }
    return ring.take(size);
  }

  private void makeRoom(Ring ring, int size, long unixSeconds) {
    while (!ring.hasRoom(size)) {
      if (ring == main) {
        advanceMain(unixSeconds);
      } else {
        advanceSmall(unixSeconds);
      }
    }
  }

  private void advanceSmall(long unixSeconds) {
    int entry = small.oldest();
    int size = entries.size(entry);
    if (!entries.isDead(entry)) {
      long hash = hashOf(entry);
      // While the main ring is not full nothing need go.
      if (entries.isLive(entry, unixSeconds)
          && (entries.uses(entry) > 0 || main.hasRoom(size))
          && mayEnterMain(size)) {
        makeRoom(main, size, unixSeconds);
        entries.setUses(entry, 0);
        move(hash, entry, take(main, size), size);
      } else {
        ghosts.add(hash, entries.type(entry));
        evict(hash, entry, unixSeconds);
      }
    }
    small.release(size);
  }

  private void advanceMain(long unixSeconds) {
    int entry = main.oldest();
    int size = entries.size(entry);
    main.release(size);
    largeBytes -= isLarge(size) ? size : 0;
    if (entries.isDead(entry)) {
      return;
    }
    long hash = hashOf(entry);
    int uses = entries.uses(entry);
    if (uses > 0 && movesLeft > 0 && entries.isLive(entry, unixSeconds)) {
      movesLeft -= 1 + (size / MOVED_BYTES);
      entries.setUses(entry, uses - 1);
      move(hash, entry, take(main, size), size);
    } else {
      evict(hash, entry, unixSeconds);
    }
  }

  /** The link first: moving may overwrite the place where the entry was. */
  private void move(long hash, int from, int to, int size) {
    if (from != to) {
      buckets.moved(hash, from, to);
      block.move(from, to, size);
    }
  }

  private void evict(long hash, int entry, long unixSeconds) {
    if (entries.isLive(entry, unixSeconds)) {
      evictions++;
    }
    remove(hash, entry);
  }

  /** The hash of an entry's name. */
  long hashOf(int entry) {
    return siphash.hash(scratch, entries.readName(entry, scratch));
  }
}
