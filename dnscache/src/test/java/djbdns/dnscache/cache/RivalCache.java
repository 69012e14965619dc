package djbdns.dnscache.cache;

import djbdns.dnscache.cache.CacheTrace.Item;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** Ways to keep entries in a number of bytes: ours and what it is measured against. */
sealed interface RivalCache extends AutoCloseable {
  /** Bytes of an entry besides name and data in 1.05's cache.c: header and type. */
  int OVERHEAD_BYTES = 22;

  /** Asks for an item, which is put into the cache if it is not there; returns whether it was. */
  boolean request(Item item, long unixSeconds);

  @Override
  default void close() {}

  /** What is left for entries in 1.05's cache: its heads take a thirty-second at least. */
  static int budget(int bytes) {
    return bytes - bytes / 32;
  }

  /** An entry of the two others. */
  record Entry(Item item, long expiresAt) {
    int size() {
      return OVERHEAD_BYTES + item.nameBytes() + item.dataBytes();
    }
  }

  /** First in, first out, as 1.05: what is put again leaves its old bytes where they are. */
  final class Fifo implements RivalCache {
    private final Map<Long, Entry> entries = new HashMap<>();
    private final ArrayDeque<Entry> queue = new ArrayDeque<>();
    private long left;

    Fifo(int bytes) {
      left = budget(bytes);
    }

    @Override
    public boolean request(Item item, long unixSeconds) {
      Entry found = entries.get(item.number());
      if (found != null && found.expiresAt > unixSeconds) {
        return true;
      }
      Entry entry = new Entry(item, unixSeconds + item.ttlSeconds());
      left -= entry.size();
      while (left < 0) {
        Entry oldest = queue.remove();
        left += oldest.size();
        entries.remove(oldest.item.number(), oldest);
      }
      entries.put(item.number(), entry);
      queue.add(entry);
      return false;
    }
  }

  /** The least recently used goes first; links are free, and nothing is lost to fragmentation. */
  final class Lru implements RivalCache {
    private final LinkedHashMap<Long, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
    private long left;

    Lru(int bytes) {
      left = budget(bytes);
    }

    @Override
    public boolean request(Item item, long unixSeconds) {
      Entry found = entries.get(item.number());
      if (found != null && found.expiresAt > unixSeconds) {
        return true;
      }
      Entry entry = new Entry(item, unixSeconds + item.ttlSeconds());
      left -= found == null ? entry.size() : 0;
      entries.put(item.number(), entry);
      while (left < 0) {
        left += entries.pollFirstEntry().getValue().size();
      }
      return false;
    }
  }

  /** The real one. */
  final class Ours implements RivalCache {
    private static final byte[] LETTERS =
        "abcdefghijklmnopqrstuvwxyz0123456789".getBytes(StandardCharsets.US_ASCII);
    private static final int SUFFIX_BYTES = 5;

    private final ShardedCache cache;
    private final CacheEntry entry = new CacheEntry();
    private final byte[] name = new byte[64];
    private final byte[] data = new byte[1024];

    Ours(int bytes) {
      cache = new ShardedCache(bytes, new Random(1));
    }

    @Override
    public boolean request(Item item, long unixSeconds) {
      writeName(item);
      if (cache.find(name, item.nameBytes(), 1, unixSeconds, entry)) {
        return true;
      }
      long expiresAt = unixSeconds + item.ttlSeconds();
      entry.set(Kind.RECORDS, Rank.AUTHORITATIVE, 1, expiresAt, data, 0, item.dataBytes());
      cache.put(name, item.nameBytes(), entry, unixSeconds);
      return false;
    }

    /** The number in a label as long as the name wants it, and then .com. */
    private void writeName(Item item) {
      int label = item.nameBytes() - SUFFIX_BYTES - 1;
      name[0] = (byte) label;
      long rest = item.number();
      for (int i = 1; i <= label; i++) {
        name[i] = LETTERS[(int) (rest % LETTERS.length)];
        rest /= LETTERS.length;
      }
      System.arraycopy(new byte[] {3, 'c', 'o', 'm', 0}, 0, name, label + 1, SUFFIX_BYTES);
    }

    @Override
    public void close() {
      cache.close();
    }
  }
}
