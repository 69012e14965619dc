package djbdns.dnscache.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Threads that put, find, flush and dump at the same time see whole entries only. */
final class CacheConcurrencyTest {
  private static final int ROUNDS = 40_000;
  private static final int NAMES = 20_000;

  @Test
  void shouldShowWholeEntriesToAllThreads() throws Exception {
    try (ShardedCache cache = new ShardedCache(2_000_000, new Random(1));
        ExecutorService threads = Executors.newFixedThreadPool(5)) {
      List<Callable<Integer>> tasks = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        long seed = i;
        tasks.add(() -> work(cache, new Random(seed)));
      }
      tasks.add(() -> dump(cache));
      for (Future<Integer> task : threads.invokeAll(tasks)) {
        assertTrue(task.get() > 0);
      }
      CacheInvariants.check(cache);
      assertTrue(cache.stats().evictions() > 0, "the cache is too large for this test");
    }
  }

  /** The data of a name are its number, over and over. */
  private static int work(ShardedCache cache, Random random) {
    CacheEntry entry = new CacheEntry();
    byte[] data = new byte[400];
    int found = 0;
    for (int i = 0; i < ROUNDS; i++) {
      int number = random.nextInt(NAMES);
      byte[] name = Fixture.wire("n" + number);
      if (cache.find(name, name.length, Fixture.A, Fixture.NOW, entry)) {
        found++;
        for (int j = 0; j < entry.dataLength(); j++) {
          assertEquals((byte) number, entry.data()[j], "torn data");
        }
      } else {
        Arrays.fill(data, (byte) number);
        int length = random.nextInt(data.length);
        entry.set(Kind.DELEGATION, Rank.REFERRAL, Fixture.A, Fixture.NOW + 60, data, 0, length);
        cache.put(name, name.length, entry, Fixture.NOW);
      }
      if (i % 1000 == 0) {
        cache.flush(name, name.length);
        cache.flushTree(name, name.length);
      }
    }
    return found;
  }

  private static int dump(ShardedCache cache) throws IOException {
    int dumps = 0;
    for (; dumps < 20; dumps++) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      long written = CacheDump.write(cache, out, Fixture.NOW);
      assertTrue(written >= 0);
    }
    return dumps;
  }
}
