package djbdns.dnscache.cache;

import djbdns.wire.Limits;
import djbdns.wire.RecordType;
import java.lang.foreign.MemorySegment;

/**
 * Entries of names in a piece of memory off the heap, and nothing of them anywhere else: the heads
 * of a hash table, the ghost table and the two rings of {@link EntryQueues} share it. Names are in
 * wire form in small letters, and come with their hash by the {@link SipHash} given at first. One
 * thread at a time.
 *
 * <p>Only the name is hashed, so that all types of a name are in one bucket and {@link #find} walks
 * once.
 */
final class Cache {
  /** Bytes of memory for each bucket and for each slot of the ghost table: about an entry's. */
  private static final int BYTES_PER_BUCKET = 128;

  private static final int CNAME = RecordType.CNAME.code();

  private final Block block;
  private final Entries entries;
  private final Buckets buckets;
  private final EntryQueues queues;
  private final SipHash siphash;
  private long hits;
  private long misses;

  /**
   * An empty cache.
   *
   * @param memory zero, at least {@link ShardedCache#MIN_CACHE_BYTES}
   */
  Cache(MemorySegment memory, SipHash siphash) {
    this.siphash = siphash;
    block = new Block(memory);
    entries = new Entries(block);
    int bucketCount = Math.max(1, block.byteSize() / BYTES_PER_BUCKET);
    buckets = new Buckets(block, entries, bucketCount);
    int ghostStart = Buckets.bytes(bucketCount);
    GhostTable ghosts = new GhostTable(block, ghostStart, bucketCount);
    int start = ghostStart + GhostTable.bytes(bucketCount);
    queues = new EntryQueues(block, entries, buckets, ghosts, siphash, start);
  }

  /** As {@link ShardedCache#find}. */
  boolean find(long hash, byte[] name, int nameLength, int type, long unixSeconds, CacheEntry out) {
    int alias = 0;
    int denial = 0;
    for (int entry = buckets.firstOf(hash); entry != 0; entry = entries.next(entry)) {
      int found = entries.type(entry);
      if ((found != type && found != CNAME && found != EntryType.NXDOMAIN)
          || !entries.hasName(entry, name, nameLength)
          || !entries.isLive(entry, unixSeconds)) {
        continue;
      }
      if (found == type) {
        return hit(entry, out);
      }
      if (found == EntryType.NXDOMAIN) {
        denial = entry;
      } else if (entries.kind(entry) == Kind.RECORDS) {
        alias = entry;
      }
    }
    int best = alias != 0 ? alias : denial;
    if (best != 0) {
      return hit(best, out);
    }
    misses++;
    return false;
  }

  private boolean hit(int entry, CacheEntry out) {
    hits++;
    entries.use(entry);
    entries.read(entry, out);
    return true;
  }

  /** As {@link ShardedCache#get}. */
  boolean get(long hash, byte[] name, int nameLength, int type, long unixSeconds, CacheEntry out) {
    int entry = exact(hash, name, nameLength, type);
    if (entry == 0 || !entries.isLive(entry, unixSeconds)) {
      return false;
    }
    entries.use(entry);
    entries.read(entry, out);
    return true;
  }

  /** The entry of a name and type, expired or not, or 0. */
  private int exact(long hash, byte[] name, int nameLength, int type) {
    int entry = buckets.firstOf(hash);
    while (entry != 0
        && (entries.type(entry) != type || !entries.hasName(entry, name, nameLength))) {
      entry = entries.next(entry);
    }
    return entry;
  }

  /** As {@link ShardedCache#put}. */
  boolean put(long hash, byte[] name, int nameLength, CacheEntry entry, long unixSeconds) {
    if (entry.expiresAt() <= unixSeconds
        || !queues.accepts(Entries.size(nameLength, entry.dataLength()))) {
      return false;
    }
    int old = exact(hash, name, nameLength, entry.type());
    if (old == 0) {
      boolean main = queues.wasEvicted(hash, entry.type());
      queues.add(hash, name, nameLength, entry, main, 0, unixSeconds);
    } else if (!replace(old, hash, name, nameLength, entry, unixSeconds)) {
      return false;
    }
    if (provesName(entry)) {
      removeDenial(hash, name, nameLength, entry.rank());
    }
    return true;
  }

  /** An entry that is fetched again was asked for again: that is a use, and it keeps its ring. */
  private boolean replace(
      int old, long hash, byte[] name, int nameLength, CacheEntry entry, long unixSeconds) {
    if (entries.isLive(old, unixSeconds)
        && entries.rank(old).compareTo(Entries.rankOf(entry)) > 0) {
      return false;
    }
    entries.use(old);
    int uses = entries.uses(old);
    if (entries.dataLength(old) == entry.dataLength()) {
      queues.rewrite(old, name, nameLength, entry, uses);
    } else {
      boolean main = queues.isMain(old);
      queues.remove(hash, old);
      queues.add(hash, name, nameLength, entry, main, uses, unixSeconds);
    }
    return true;
  }

  private static boolean provesName(CacheEntry entry) {
    return entry.type() < EntryType.NXDOMAIN
        && (entry.kind() == Kind.RECORDS || entry.kind() == Kind.NODATA);
  }

  private void removeDenial(long hash, byte[] name, int nameLength, Rank rank) {
    int denial = exact(hash, name, nameLength, EntryType.NXDOMAIN);
    if (denial != 0 && entries.rank(denial).compareTo(rank) <= 0) {
      queues.remove(hash, denial);
    }
  }

  /**
   * Adds an entry of an earlier cache in the ring where it was, unless a newer one is here.
   *
   * @return whether it was added
   */
  boolean restore(
      long hash,
      byte[] name,
      int nameLength,
      CacheEntry entry,
      boolean main,
      int uses,
      long unixSeconds) {
    if (entry.expiresAt() <= unixSeconds
        || !queues.accepts(Entries.size(nameLength, entry.dataLength()))
        || exact(hash, name, nameLength, entry.type()) != 0) {
      return false;
    }
    queues.add(hash, name, nameLength, entry, main, uses, unixSeconds);
    return true;
  }

  /** As {@link ShardedCache#flush}. */
  int flush(long hash, byte[] name, int nameLength) {
    int flushed = 0;
    int next;
    for (int entry = buckets.firstOf(hash); entry != 0; entry = next) {
      next = entries.next(entry);
      if (entries.hasName(entry, name, nameLength)) {
        queues.remove(hash, entry);
        flushed++;
      }
    }
    return flushed;
  }

  /**
   * Forgets the entries of a name and of all names below it.
   *
   * @param from first of the buckets to go through, up to {@code to} or the last one
   * @return how many there were
   */
  int flushTree(int from, int to, byte[] name, int nameLength) {
    int flushed = 0;
    for (int index = from; index < Math.min(to, buckets.count()); index++) {
      int next;
      for (int entry = buckets.first(index); entry != 0; entry = next) {
        next = entries.next(entry);
        if (entries.isWithin(entry, name, nameLength)) {
          queues.remove(queues.hashOf(entry), entry);
          flushed++;
        }
      }
    }
    return flushed;
  }

  /** Shows the entries of the buckets from {@code from} up to {@code to} or the last one. */
  void forEach(int from, int to, EntryVisitor visitor) {
    byte[] name = new byte[Limits.NAME_BYTES];
    CacheEntry copy = new CacheEntry();
    for (int index = from; index < Math.min(to, buckets.count()); index++) {
      for (int entry = buckets.first(index); entry != 0; entry = entries.next(entry)) {
        entries.read(entry, copy);
        boolean inMain = queues.isMain(entry);
        visitor.entry(name, entries.readName(entry, name), copy, inMain, entries.uses(entry));
      }
    }
  }

  Entries entries() {
    return entries;
  }

  Buckets buckets() {
    return buckets;
  }

  EntryQueues queues() {
    return queues;
  }

  SipHash siphash() {
    return siphash;
  }

  CacheStats stats() {
    return new CacheStats(
        queues.count(),
        queues.bytesUsed(),
        block.byteSize(),
        hits,
        misses,
        queues.evictions(),
        queues.motionBytes());
  }
}
