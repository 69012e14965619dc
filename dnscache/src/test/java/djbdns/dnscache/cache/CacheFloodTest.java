package djbdns.dnscache.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Many names, and names chosen to do harm. */
final class CacheFloodTest {
  private static final int NAMES = 100_000;

  private static byte[] name(int number) {
    return Fixture.wire("n" + number + ".example");
  }

  private static void fill(Fixture at) {
    CacheEntry entry = Fixture.records(Rank.AUTHORITATIVE, Fixture.A, 0, 4, 1, 2, 3, 4);
    for (int i = 0; i < NAMES; i++) {
      byte[] name = name(i);
      at.cache.put(name, name.length, entry, Fixture.NOW);
    }
  }

  private static int longestBucket(ShardedCache cache) {
    int longest = 0;
    for (Cache shard : cache.shards()) {
      for (int i = 0; i < shard.buckets().count(); i++) {
        int length = 0;
        for (int at = shard.buckets().first(i); at != 0; at = shard.entries().next(at)) {
          length++;
        }
        longest = Math.max(longest, length);
      }
    }
    return longest;
  }

  @Test
  void shouldKeepBucketsShort() {
    try (Fixture at = new Fixture(10_000_000)) {
      fill(at);
      assertEquals(NAMES, at.cache.stats().entries());
      int longest = longestBucket(at.cache);
      assertTrue(longest <= 14, "a bucket of " + longest);
    }
  }

  @Test
  void shouldPlaceNamesDifferentlyWithAnotherKey() {
    int buckets = 1000;
    SipHash known = new SipHash(1, 2);
    SipHash other = new SipHash(3, 4);
    Buckets table = new Buckets(new Block(MemorySegment.NULL), null, buckets);
    Set<Integer> places = new HashSet<>();
    int colliding = 0;
    for (int i = 0; i < NAMES; i++) {
      byte[] name = name(i);
      if (table.indexOf(known.hash(name, name.length)) == 7) {
        colliding++;
        places.add(table.indexOf(other.hash(name, name.length)));
      }
    }
    assertTrue(colliding > 50, colliding + " names of one bucket");
    assertTrue(places.size() > colliding * 8 / 10, places.size() + " buckets");
  }

  @Test
  void shouldTakeTheKeyFromTheGenerator() {
    List<Long> hashes = new ArrayList<>();
    for (int seed = 0; seed < 2; seed++) {
      try (ShardedCache cache = new ShardedCache(1_000_000, new Random(seed))) {
        hashes.add(cache.shards()[0].siphash().hash(name(1), name(1).length));
      }
    }
    assertNotEquals(hashes.get(0), hashes.get(1));
  }

  /** Entries live in the block and nowhere else, and looking them up makes no garbage. */
  @Test
  void shouldTakeNothingFromTheHeap() {
    try (Fixture at = new Fixture(300_000)) {
      CacheEntry entry = Fixture.records(Rank.AUTHORITATIVE, Fixture.A, 0, 4, 1, 2, 3, 4);
      byte[] name = name(1234);
      ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
      long allocated = Long.MAX_VALUE;
      // The first rounds also load classes and compile.
      for (int round = 0; round < 20; round++) {
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 20_000; i++) {
          name[2] = (byte) ('a' + (i % 26));
          name[3] = (byte) ('a' + (i / 26 % 26));
          name[4] = (byte) ('a' + (i / 676 % 26));
          at.cache.put(name, name.length, entry, Fixture.NOW);
          at.cache.find(name, name.length, Fixture.A, Fixture.NOW, at.out);
        }
        allocated = Math.min(allocated, threads.getCurrentThreadAllocatedBytes() - before);
      }
      assertTrue(allocated < 20_000, allocated + " bytes for 20000 entries and lookups");
      assertTrue(at.cache.stats().evictions() > 0);
      assertTrue(at.cache.stats().bytesUsed() <= 300_000);
    }
  }
}
