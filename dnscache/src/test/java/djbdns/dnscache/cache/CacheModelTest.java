package djbdns.dnscache.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.wire.Name;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The cache against {@link CacheModel}, over random calls, names, sizes and times. */
final class CacheModelTest {
  private static final int[] TYPES = {1, 5, 28, 16, 99, EntryType.NXDOMAIN, EntryType.DELEGATION};
  private static final List<Kind> KINDS = List.of(Kind.values());
  private static final List<Rank> RANKS = List.of(Rank.values());

  private CacheModel model = new CacheModel();
  private final CacheEntry entry = new CacheEntry();
  private long now = 1_800_000_000;

  private static Name name(Random random, int names) {
    int number = random.nextInt(names);
    byte[] wire = new byte[9];
    wire[0] = 1;
    wire[1] = (byte) ('a' + (number % 7));
    wire[2] = 5;
    for (int i = 3; i < 8; i++) {
      wire[i] = (byte) ('a' + (number / 7 % 10));
    }
    return Name.ofWire(wire, random.nextInt(10) == 0 ? 2 : 0);
  }

  private void put(ShardedCache cache, Name name, Random random, int longest, boolean roomy) {
    Kind kind = KINDS.get(random.nextInt(KINDS.size()));
    Rank rank = RANKS.get(random.nextInt(RANKS.size()));
    int type = TYPES[random.nextInt(TYPES.length)];
    byte[] data = new byte[random.nextInt(longest)];
    random.nextBytes(data);
    Optional<CacheModel.Value> old = get(cache, name, type);
    CacheEntry given = new CacheEntry();
    given.set(kind, rank, type, now + random.nextInt(20) - 1, data, 0, data.length);
    CacheModel.Value value = CacheModel.Value.of(given);
    boolean accepted = model.accepts(old, value, now);
    boolean kept = cache.put(name.toWire(), name.length(), given, now);
    assertTrue(roomy ? kept == accepted : accepted || !kept, "kept: " + kept);
    if (kept) {
      assertEquals(Optional.of(value.withOwnRank()), get(cache, name, type), "just put");
      model.put(name, value);
    }
  }

  /** With room for everything the cache does exactly what the model does. */
  @Property(tries = 100)
  void shouldDoAsTheModelDoes(@ForAll long seed) {
    Random random = new Random(seed);
    // All tries share this object.
    model = new CacheModel();
    try (ShardedCache cache = new ShardedCache(2_000_000, new Random(seed))) {
      for (int i = 0; i < 400; i++) {
        step(cache, random, 60, 200, true);
        Name name = name(random, 60);
        int type = TYPES[random.nextInt(TYPES.length)];
        assertEquals(model.find(name, type, now), find(cache, name, type));
        assertEquals(model.get(name, type, now), get(cache, name, type));
      }
      CacheInvariants.check(cache);
    }
  }

  /** With too little room the cache forgets, but what it has is what was put last. */
  @Property(tries = 200)
  void shouldForgetButNotInvent(
      @ForAll long seed, @ForAll @IntRange(min = 100, max = 20_000) int bytes) {
    Random random = new Random(seed);
    // All tries share this object.
    model = new CacheModel();
    try (ShardedCache cache = new ShardedCache(bytes, new Random(seed))) {
      for (int i = 0; i < 1000; i++) {
        step(cache, random, 100, 1 + random.nextInt(300), false);
        Name name = name(random, 100);
        int type = TYPES[random.nextInt(TYPES.length)];
        Optional<CacheModel.Value> found = get(cache, name, type);
        assertTrue(found.isEmpty() || found.equals(model.get(name, type, now)), "an old entry");
        if (i % 20 == 0) {
          CacheInvariants.check(cache);
        }
      }
      CacheStats stats = cache.stats();
      assertTrue(stats.bytesUsed() <= bytes && stats.blockBytes() <= bytes, stats.toString());
    }
  }

  /** From a megabyte on nothing is too large, however little else there is room for. */
  @Property(tries = 40)
  void shouldTakeEntriesOfAllSizes(
      @ForAll long seed, @ForAll @IntRange(min = 1_000_000, max = 2_100_000) int bytes) {
    Random random = new Random(seed);
    // All tries share this object.
    model = new CacheModel();
    int[] longest = {100, 1000, 20_000, 30_000, 65_536};
    try (ShardedCache cache = new ShardedCache(bytes, new Random(seed))) {
      for (int i = 0; i < 600; i++) {
        step(cache, random, 100, longest[random.nextInt(longest.length)], false);
        Name name = name(random, 100);
        int type = TYPES[random.nextInt(TYPES.length)];
        Optional<CacheModel.Value> found = get(cache, name, type);
        assertTrue(found.isEmpty() || found.equals(model.get(name, type, now)), "an old entry");
        put(cache, name, random, 65_536, true);
        if (i % 20 == 0) {
          CacheInvariants.check(cache);
        }
      }
    }
  }

  private void step(ShardedCache cache, Random random, int names, int longest, boolean roomy) {
    Name name = name(random, names);
    switch (random.nextInt(100)) {
      case 0 -> now += random.nextInt(12);
      case 1 -> {
        cache.flush(name.toWire(), name.length());
        model.flush(name);
      }
      case 2 -> {
        if (random.nextInt(5) == 0) {
          cache.flushTree(name.toWire(), name.length());
          model.flushTree(name);
        }
      }
      default -> put(cache, name, random, longest, roomy);
    }
  }

  private Optional<CacheModel.Value> get(ShardedCache cache, Name name, int type) {
    boolean found = cache.get(name.toWire(), name.length(), type, now, entry);
    return found ? Optional.of(CacheModel.Value.of(entry)) : Optional.empty();
  }

  private Optional<CacheModel.Value> find(ShardedCache cache, Name name, int type) {
    byte[] longer = Arrays.copyOf(name.toWire(), 255);
    boolean found = cache.find(longer, name.length(), type, now, entry);
    return found ? Optional.of(CacheModel.Value.of(entry)) : Optional.empty();
  }
}
