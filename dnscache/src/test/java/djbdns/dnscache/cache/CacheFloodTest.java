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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  /** Fills a cache with small entries that are asked for. */
  private static void fillWithUsed(Fixture at, int names) {
    CacheEntry entry = Fixture.records(Rank.AUTHORITATIVE, Fixture.A, new int[60]);
    for (int i = 0; i < names; i++) {
      byte[] name = name(i);
      at.cache.put(name, name.length, entry, Fixture.NOW);
    }
    use(at, names);
  }

  private static int use(Fixture at, int names) {
    int found = 0;
    for (int i = 0; i < names; i++) {
      byte[] name = name(i);
      found += at.cache.get(name, name.length, Fixture.A, Fixture.NOW, at.out) ? 1 : 0;
    }
    return found;
  }

  /**
   * Record sets of 25,000 to 65,535 bytes, each asked for twice, so that it would be worth to be
   * kept; also the same ones again with another size each time.
   */
  @ParameterizedTest
  @CsvSource({"25000, 500", "34000, 500", "65535, 500", "40000, 3", "65535, 1"})
  void shouldKeepSmallEntriesUnderAFloodOfLargeOnes(int bytes, int different) {
    try (Fixture at = new Fixture(1_000_000)) {
      int names = 8000;
      fillWithUsed(at, names);
      int before = use(at, names);
      for (int i = 0; i < 500; i++) {
        CacheEntry large = Fixture.records(Rank.AUTHORITATIVE, Fixture.MX, new int[bytes - i % 7]);
        byte[] name = Fixture.wire("large" + i % different + ".example");
        assertTrue(at.cache.put(name, name.length, large, Fixture.NOW));
        assertTrue(at.cache.find(name, name.length, Fixture.MX, Fixture.NOW, at.out));
      }
      int left = use(at, names);
      assertTrue(left > before * 7 / 10, left + " of " + before);
    }
  }

  /** Large entries that are asked for stay, some of them, while small ones come and go. */
  @Test
  void shouldKeepLargeEntriesThatAreUsedUnderAFloodOfSmallOnes() {
    try (Fixture at = new Fixture(1_000_000)) {
      CacheEntry large = Fixture.records(Rank.AUTHORITATIVE, Fixture.MX, new int[40_000]);
      byte[] name = Fixture.wire("large.example");
      CacheEntry small = Fixture.records(Rank.AUTHORITATIVE, Fixture.A, new int[60]);
      at.cache.put(name, name.length, large, Fixture.NOW);
      for (int i = 0; i < NAMES; i++) {
        at.cache.put(name(i), name(i).length, small, Fixture.NOW);
        if (i % 100 == 0) {
          assertTrue(
              at.cache.find(name, name.length, Fixture.MX, Fixture.NOW, at.out), "after " + i);
        }
      }
    }
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
