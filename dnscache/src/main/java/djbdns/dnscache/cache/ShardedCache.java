package djbdns.dnscache.cache;

import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Placeholder with the agreed methods; the cache helper replaces all of it. */
public final class ShardedCache implements AutoCloseable {
  private record Key(String name, int type) {}

  @SuppressWarnings("ArrayRecordComponent")
  private record Value(Kind kind, Rank rank, long expiresAt, byte[] data) {}

  private final Map<Key, Value> map = new HashMap<>();

  /**
   * A cache.
   *
   * @param cacheBytes size of the block
   * @param random gives the key of the hash
   */
  public ShardedCache(long cacheBytes, RandomGenerator random) {}

  private static String text(byte[] name, int length) {
    return new String(name, 0, length, java.nio.charset.StandardCharsets.ISO_8859_1);
  }

  /**
   * Looks for what answers a question: the entry of this type, else an alias (CNAME), else the
   * name's denial; {@code out.type()} tells which. Failures of the type are found too.
   *
   * @param name in wire form, in small letters
   */
  public synchronized boolean find(
      byte[] name, int nameLength, int type, long unixSeconds, CacheEntry out) {
    return get(name, nameLength, type, unixSeconds, out)
        || (get(name, nameLength, 5, unixSeconds, out) && out.kind() == Kind.RECORDS)
        || get(name, nameLength, EntryType.NXDOMAIN, unixSeconds, out);
  }

  /** Looks for one entry. */
  public synchronized boolean get(
      byte[] name, int nameLength, int type, long unixSeconds, CacheEntry out) {
    Value value = map.get(new Key(text(name, nameLength), type));
    if (value == null || value.expiresAt <= unixSeconds) {
      return false;
    }
    out.set(value.kind, value.rank, type, value.expiresAt, value.data, 0, value.data.length);
    return true;
  }

  /**
   * Remembers an entry in place of any other of the same name and type.
   *
   * @return false if it was not: it is dead already, too large, or live data of a higher rank are
   *     there
   */
  public synchronized boolean put(byte[] name, int nameLength, CacheEntry entry, long unixSeconds) {
    Key key = new Key(text(name, nameLength), entry.type());
    Value old = map.get(key);
    if (entry.expiresAt() <= unixSeconds
        || (old != null && old.expiresAt > unixSeconds && old.rank.compareTo(entry.rank()) > 0)) {
      return false;
    }
    map.put(key, new Value(entry.kind(), entry.rank(), entry.expiresAt(), entry.copyOfData()));
    return true;
  }

  /** Forgets all entries of a name; returns how many there were. */
  public synchronized int flush(byte[] name, int nameLength) {
    int before = map.size();
    map.keySet().removeIf(key -> key.name.equals(text(name, nameLength)));
    return before - map.size();
  }

  /** Forgets all entries of a name and of all names below it. */
  public synchronized int flushTree(byte[] name, int nameLength) {
    int before = map.size();
    map.keySet().removeIf(key -> key.name.endsWith(text(name, nameLength)));
    return before - map.size();
  }

  /** Bytes written since the start: the original's "motion". */
  public long motionBytes() {
    return 0;
  }

  @Override
  public void close() {}
}
