package djbdns.dnscache.cache;

import djbdns.wire.Limits;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.random.RandomGenerator;

/**
 * The cache of all threads: one block off the heap, cut into shards by the hash of the name, a lock
 * for each. All methods may be called by any thread. Names are in wire form, in small letters. A
 * lookup allocates nothing.
 *
 * <p>A denial of a name leaves the positive entries that are there: a server that denies the name
 * when asked for one type (RFC 4074, 4.2) does not take its other types away. Newer data of a type
 * of the name, or their absence, show that the name exists and remove a denial of no higher rank.
 */
public final class ShardedCache implements AutoCloseable {
  /** The smallest cache, as in 1.05's cache.c; it is too small to keep anything. */
  public static final int MIN_CACHE_BYTES = 100;

  /** The largest cache, as in 1.05's cache.c. */
  public static final int MAX_CACHE_BYTES = 1_000_000_000;

  /** A shard has at least this, so that the largest entries still fit. */
  private static final int SHARD_BYTES = 1_000_000;

  private static final int MAX_SHARDS = 16;

  /** The bits of the hash above this choose the shard; the buckets use those below. */
  private static final int SHARD_SHIFT = 40;

  /** Buckets gone through under the lock before other threads get a chance. */
  private static final int BATCH_BUCKETS = 64;

  private final Arena arena = Arena.ofShared();
  private final SipHash siphash;
  private final Cache[] shards;

  /**
   * An empty cache.
   *
   * @param cacheBytes size of the block, clamped as by {@link #clamp}
   * @param random gives the key of the hash; nobody else may know what it gives
   * @throws OutOfMemoryError if there is no room for the block
   */
  public ShardedCache(long cacheBytes, RandomGenerator random) {
    int bytes = clamp(cacheBytes);
    siphash = new SipHash(random.nextLong(), random.nextLong());
    int count = Math.clamp(Integer.highestOneBit(bytes / SHARD_BYTES), 1, MAX_SHARDS);
    MemorySegment block = arena.allocate(bytes);
    shards = new Cache[count];
    int shardBytes = bytes / count;
    for (int i = 0; i < count; i++) {
      shards[i] = new Cache(block.asSlice((long) i * shardBytes, shardBytes), siphash);
    }
  }

  /** A size between {@link #MIN_CACHE_BYTES} and {@link #MAX_CACHE_BYTES}. */
  public static int clamp(long cacheBytes) {
    return Math.clamp(cacheBytes, MIN_CACHE_BYTES, MAX_CACHE_BYTES);
  }

  private Cache shardOf(long hash) {
    return shards[(int) (hash >>> SHARD_SHIFT) & (shards.length - 1)];
  }

  /**
   * Looks for what answers a question: the entry of this type, else an alias (CNAME records), else
   * the name's denial; {@code out.type()} tells which. Failures of the type are found too.
   *
   * @param unixSeconds entries that expire then or before are not found
   * @return false if there is none, and then {@code out} is as it was
   */
  public boolean find(byte[] name, int nameLength, int type, long unixSeconds, CacheEntry out) {
    long hash = siphash.hash(name, nameLength);
    Cache shard = shardOf(hash);
    synchronized (shard) {
      return shard.find(hash, name, nameLength, type, unixSeconds, out);
    }
  }

  /** Looks for one entry: as {@link #find}, of exactly this type. */
  public boolean get(byte[] name, int nameLength, int type, long unixSeconds, CacheEntry out) {
    long hash = siphash.hash(name, nameLength);
    Cache shard = shardOf(hash);
    synchronized (shard) {
      return shard.get(hash, name, nameLength, type, unixSeconds, out);
    }
  }

  /**
   * Remembers an entry in place of any other of the same name and type. A {@link Kind#FAILURE}
   * counts as {@link Rank#FAILURE} whatever its rank. An expiry beyond the year 36,000 is stored as
   * a little less.
   *
   * @return false if it was not: it is dead already, live data of a higher rank are there, or it is
   *     too large (with its name, more than about a tenth of the cache), which nothing is in a
   *     cache of {@link #SHARD_BYTES} or more
   */
  public boolean put(byte[] name, int nameLength, CacheEntry entry, long unixSeconds) {
    if (nameLength < 1 || nameLength > Limits.NAME_BYTES) {
      throw new IllegalArgumentException("name of " + nameLength + " bytes");
    }
    long hash = siphash.hash(name, nameLength);
    Cache shard = shardOf(hash);
    synchronized (shard) {
      return shard.put(hash, name, nameLength, entry, unixSeconds);
    }
  }

  /** Forgets all entries of a name; returns how many there were. */
  public int flush(byte[] name, int nameLength) {
    long hash = siphash.hash(name, nameLength);
    Cache shard = shardOf(hash);
    synchronized (shard) {
      return shard.flush(hash, name, nameLength);
    }
  }

  /**
   * Forgets all entries of a name and of all names below it; returns how many there were. Goes
   * through the whole cache, but keeps nobody waiting for long; what other threads put meanwhile
   * may stay.
   */
  public int flushTree(byte[] name, int nameLength) {
    int flushed = 0;
    for (Cache shard : shards) {
      for (int from = 0; from < shard.buckets().count(); from += BATCH_BUCKETS) {
        synchronized (shard) {
          flushed += shard.flushTree(from, from + BATCH_BUCKETS, name, nameLength);
        }
      }
    }
    return flushed;
  }

  /** Forgets everything. */
  public void clear() {
    flushTree(new byte[1], 1);
  }

  /** Adds an entry of an earlier cache: see {@link Cache#restore}. */
  boolean restore(
      byte[] name, int nameLength, CacheEntry entry, boolean inMain, int uses, long unixSeconds) {
    long hash = siphash.hash(name, nameLength);
    Cache shard = shardOf(hash);
    synchronized (shard) {
      return shard.restore(hash, name, nameLength, entry, inMain, uses, unixSeconds);
    }
  }

  /** A step between two batches, without a lock. */
  @FunctionalInterface
  interface BatchEnd {
    void run() throws IOException;
  }

  /** Shows every entry to the visitor, a few at a time under the lock of their shard. */
  void forEachBatch(EntryVisitor visitor, BatchEnd batchEnd) throws IOException {
    for (Cache shard : shards) {
      for (int from = 0; from < shard.buckets().count(); from += BATCH_BUCKETS) {
        synchronized (shard) {
          shard.forEach(from, from + BATCH_BUCKETS, visitor);
        }
        batchEnd.run();
      }
    }
  }

  /** Bytes of all entries ever written: the original's "motion". */
  public long motionBytes() {
    return stats().motionBytes();
  }

  /** The work and the content of the cache, in numbers. */
  public CacheStats stats() {
    CacheStats sum = CacheStats.NONE;
    for (Cache shard : shards) {
      synchronized (shard) {
        sum = sum.plus(shard.stats());
      }
    }
    return sum;
  }

  Cache[] shards() {
    return shards.clone();
  }

  /** Gives the memory back. No thread may be using the cache, then or later. */
  @Override
  public void close() {
    arena.close();
  }
}
