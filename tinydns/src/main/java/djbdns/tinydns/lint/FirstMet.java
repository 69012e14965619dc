package djbdns.tinydns.lint;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Entries by audience, to find the first that meets an audience. A name can have as many audiences
 * as there are timestamps, so that looking at each of them for each would take too long: here both
 * adding and finding take the logarithm of their number.
 *
 * @param <T> in what entries can differ
 */
final class FirstMet<T> {
  private record Ranked<T>(int rank, T kind, Entry entry) {}

  private final Set<Entry.Audience> audiences = new HashSet<>();
  private final Windows<T> all = new Windows<>();
  private final Map<Integer, Windows<T>> byLocation = new HashMap<>();

  /** Adds an entry, unless there is one of the same audience. */
  void add(Entry entry, T kind) {
    if (audiences.add(entry.audience())) {
      Ranked<T> added = new Ranked<>(audiences.size(), kind, entry);
      all.add(added);
      byLocation.computeIfAbsent(entry.location(), _ -> new Windows<>()).add(added);
    }
  }

  /** Of the entries of another kind, the first added whose audience meets this one. */
  Optional<Entry> firstUnlike(Entry.Audience audience, T kind) {
    Optional<Ranked<T>> first =
        audience.location() == Clients.NOWHERE
            ? all.firstUnlike(audience, kind)
            : earlier(
                at(Clients.NOWHERE).firstUnlike(audience, kind),
                at(audience.location()).firstUnlike(audience, kind));
    return first.map(Ranked::entry);
  }

  private Windows<T> at(int location) {
    return byLocation.getOrDefault(location, new Windows<>());
  }

  private static <T> Optional<Ranked<T>> earlier(
      Optional<Ranked<T>> one, Optional<Ranked<T>> other) {
    return Stream.of(one, other)
        .flatMap(Optional::stream)
        .min((a, b) -> Integer.compare(a.rank(), b.rank()));
  }

  /** Entries by time alone. Every window of time is open at one end, so that one bound decides. */
  private static final class Windows<T> {
    private final Reach<T> back = new Reach<>();
    private final Reach<T> forth = new Reach<>();

    void add(Ranked<T> added) {
      back.add(~added.entry().audience().first(), added);
      forth.add(added.entry().audience().last(), added);
    }

    Optional<Ranked<T>> firstUnlike(Entry.Audience audience, T kind) {
      return audience.first() == 0
          ? back.firstUnlike(~audience.last(), kind)
          : forth.firstUnlike(audience.first(), kind);
    }
  }

  /** Entries by how far they reach; those that can never be found any more are left out. */
  private static final class Reach<T> {
    /** To the first entry that reaches as far as the key, and not to the key before. */
    private final NavigableMap<Long, Ranked<T>> firsts = new TreeMap<>(Long::compareUnsigned);

    /**
     * To the first that does so and is of another kind than the one in {@link #firsts}. All that
     * reach farther than its last key are of one kind.
     */
    private final NavigableMap<Long, Ranked<T>> unlike = new TreeMap<>(Long::compareUnsigned);

    void add(long reach, Ranked<T> added) {
      if (!firsts.isEmpty() && !firsts.lastEntry().getValue().kind().equals(added.kind())) {
        long farthest = firsts.lastKey();
        append(Long.compareUnsigned(reach, farthest) < 0 ? reach : farthest, added, unlike);
      }
      append(reach, added, firsts);
    }

    private static <T> void append(long reach, Ranked<T> added, NavigableMap<Long, Ranked<T>> to) {
      if (to.isEmpty() || Long.compareUnsigned(reach, to.lastKey()) > 0) {
        to.put(reach, added);
      }
    }

    Optional<Ranked<T>> firstUnlike(long bound, T kind) {
      Optional<Ranked<T>> first = first(bound, firsts);
      return first.isPresent() && first.get().kind().equals(kind) ? first(bound, unlike) : first;
    }

    private static <T> Optional<Ranked<T>> first(long bound, NavigableMap<Long, Ranked<T>> in) {
      return Optional.ofNullable(in.ceilingEntry(bound)).map(Map.Entry::getValue);
    }
  }
}
