package djbdns.tinydns.lint;

import static org.junit.jupiter.api.Assertions.assertEquals;

import djbdns.wire.Bytes;
import djbdns.wire.RecordType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Compares with looking at each audience in turn. */
class FirstMetTest {
  private static final long[] TIMES = {0, 1, 2, 3, 4, 5, 6, Long.MAX_VALUE, Long.MIN_VALUE, -2, -1};

  private static Entry random(Random random, long line) {
    return new Entry(
        line,
        false,
        RecordType.CNAME.code(),
        random.nextInt(3),
        random.nextInt(2),
        TIMES[random.nextInt(TIMES.length)],
        Bytes.EMPTY);
  }

  private static Optional<Entry> expected(
      Map<Entry.Audience, Entry> added, Map<Entry, Integer> kinds, Entry entry, int kind) {
    return added.values().stream()
        .filter(before -> isVisibleWith(before, entry) && kinds.get(before) != kind)
        .findFirst();
  }

  /** As the server decides: at the label itself, a record is born or already dead. */
  private static boolean isVisibleWith(Entry one, Entry other) {
    boolean place =
        one.location() == other.location() || one.location() == 0 || other.location() == 0;
    return place && !isOverBefore(one, other) && !isOverBefore(other, one);
  }

  private static boolean isOverBefore(Entry one, Entry other) {
    return one.dies()
        && other.timestamp() != 0
        && !other.dies()
        && Long.compareUnsigned(one.timestamp(), other.timestamp()) <= 0;
  }

  @Test
  void shouldFindWhatLookingAtAllWouldFind() {
    Random random = new Random(1);
    for (int round = 0; round < 3000; round++) {
      FirstMet<Integer> tested = new FirstMet<>();
      Map<Entry.Audience, Entry> added = new LinkedHashMap<>();
      Map<Entry, Integer> kinds = new LinkedHashMap<>();
      for (int line = 1; line <= 20; line++) {
        Entry entry = random(random, line);
        int kind = random.nextInt(3);
        assertEquals(
            expected(added, kinds, entry, kind), tested.firstUnlike(entry.audience(), kind));
        added
            .values()
            .forEach(before ->
                assertEquals(
                    isVisibleWith(before, entry), before.audience().meets(entry.audience())));
        tested.add(entry, kind);
        kinds.put(entry, kind);
        added.putIfAbsent(entry.audience(), entry);
      }
    }
  }
}
