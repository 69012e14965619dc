package djbdns.dnscache.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.wire.Limits;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/** What is true of a cache between two calls: anything else is a bug. */
public final class CacheInvariants {
  private CacheInvariants() {}

  /** Fails unless every shard is consistent. No other thread may use the cache. */
  public static void check(ShardedCache cache) {
    for (Cache shard : cache.shards()) {
      check(shard);
    }
  }

  static void check(Cache cache) {
    EntryQueues queues = cache.queues();
    assertEquals(queues.small().end(), queues.main().start());
    Set<Integer> kept = new HashSet<>();
    addKept(cache.entries(), queues.small(), kept);
    addKept(cache.entries(), queues.main(), kept);
    assertEquals(queues.count(), kept.size(), "entries in the rings");
    assertEquals(
        queues.bytesUsed(), kept.stream().mapToLong(cache.entries()::size).sum(), "bytes used");
    checkLarge(cache);
    checkBuckets(cache, kept);
  }

  /** Large entries of the main ring, dead ones too, have no more than their share. */
  private static void checkLarge(Cache cache) {
    EntryQueues queues = cache.queues();
    Ring main = queues.main();
    int bytes =
        largeBytes(cache, main.start(), main.write())
            + largeBytes(cache, main.read(), main.limit());
    assertEquals(queues.largeBytes(), bytes, "bytes of large entries");
    assertTrue(bytes <= queues.mostLargeBytes(), "large entries: " + bytes);
  }

  private static int largeBytes(Cache cache, int from, int to) {
    int bytes = 0;
    for (int entry = from; entry < to; entry += cache.entries().size(entry)) {
      int size = cache.entries().size(entry);
      bytes += cache.queues().isLarge(size) ? size : 0;
    }
    return bytes;
  }

  /** Goes through a ring's bytes, which must be entries without a gap. */
  private static void addKept(Entries entries, Ring ring, Set<Integer> kept) {
    assertTrue(ring.start() <= ring.write() && ring.write() <= ring.read(), "order");
    assertTrue(ring.read() <= ring.limit() && ring.limit() <= ring.end(), "order");
    assertTrue(ring.read() < ring.limit() || ring.read() == ring.end(), "exhausted");
    addKept(entries, ring.start(), ring.write(), kept);
    addKept(entries, ring.read(), ring.limit(), kept);
  }

  private static void addKept(Entries entries, int from, int to, Set<Integer> kept) {
    int entry = from;
    for (; entry < to; entry += entries.size(entry)) {
      if (!entries.isDead(entry)) {
        kept.add(entry);
      }
    }
    assertEquals(Math.max(from, to), entry, "the end of the last entry");
  }

  /** Every kept entry must be in the bucket of its name, once, and no other with its key. */
  private static void checkBuckets(Cache cache, Set<Integer> kept) {
    Entries entries = cache.entries();
    byte[] name = new byte[Limits.NAME_BYTES];
    Set<String> keys = new HashSet<>();
    int reached = 0;
    for (int index = 0; index < cache.buckets().count(); index++) {
      for (int at = cache.buckets().first(index); at != 0; at = entries.next(at)) {
        assertTrue(kept.contains(at), "an entry that is not kept is in a bucket");
        int length = entries.readName(at, name);
        assertEquals(index, cache.buckets().indexOf(cache.siphash().hash(name, length)));
        String key = new String(name, 0, length, StandardCharsets.ISO_8859_1) + entries.type(at);
        assertTrue(keys.add(key), "two entries of one name and type");
        assertFalse(entries.isDead(at), "a dead entry is in a bucket");
        reached++;
      }
    }
    assertEquals(kept.size(), reached, "entries in buckets");
  }
}
