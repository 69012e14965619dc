package djbdns.dnscache.cache;

import djbdns.wire.MalformedTextException;
import djbdns.wire.Name;
import java.util.Random;

/** A cache and short words for what tests do with it. */
final class Fixture implements AutoCloseable {
  static final long NOW = 1_800_000_000;
  static final int A = 1;
  static final int CNAME = 5;
  static final int MX = 15;

  final ShardedCache cache;
  final CacheEntry out = new CacheEntry();

  Fixture(int bytes) {
    cache = new ShardedCache(bytes, new Random(1));
  }

  static byte[] wire(String name) {
    try {
      return Name.parse(name).toWire();
    } catch (MalformedTextException e) {
      throw new IllegalArgumentException(name, e);
    }
  }

  static CacheEntry entry(Kind kind, Rank rank, int type, long expiresAt, int... data) {
    byte[] bytes = new byte[data.length];
    for (int i = 0; i < data.length; i++) {
      bytes[i] = (byte) data[i];
    }
    CacheEntry entry = new CacheEntry();
    entry.set(kind, rank, type, expiresAt, bytes, 0, bytes.length);
    return entry;
  }

  /** Records that live a minute. */
  static CacheEntry records(Rank rank, int type, int... data) {
    return entry(Kind.RECORDS, rank, type, NOW + 60, data);
  }

  boolean put(String name, CacheEntry entry) {
    byte[] wire = wire(name);
    return cache.put(wire, wire.length, entry, NOW);
  }

  boolean find(String name, int type, long unixSeconds) {
    byte[] wire = wire(name);
    return cache.find(wire, wire.length, type, unixSeconds, out);
  }

  boolean find(String name, int type) {
    return find(name, type, NOW);
  }

  boolean get(String name, int type) {
    byte[] wire = wire(name);
    return cache.get(wire, wire.length, type, NOW, out);
  }

  int flush(String name) {
    byte[] wire = wire(name);
    return cache.flush(wire, wire.length);
  }

  int flushTree(String name) {
    byte[] wire = wire(name);
    return cache.flushTree(wire, wire.length);
  }

  @Override
  public void close() {
    CacheInvariants.check(cache);
    cache.close();
  }
}
