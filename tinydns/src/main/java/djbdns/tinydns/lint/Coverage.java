package djbdns.tinydns.lint;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which clients see at least one of some records, and when, from now on. Made once for a set of
 * records and asked often: a name can have as many records as a file has lines.
 */
final class Coverage {
  /** Clients at a location who see none of the records for some time. */
  private record Blind(int location, Gap gap) {}

  private final Clients clients;
  private final long nowTai64;
  private final boolean isAlikeEverywhere;
  private final Gap everybodys;
  private final Map<Integer, Gap> own = new HashMap<>();

  /**
   * Of all gaps, the one that begins first and the one that ends last. If an audience meets any
   * gap, it meets one of these, since it sees a record from the start or to the end of time.
   */
  private final List<Blind> extremes;

  Coverage(List<Entry> entries, Clients clients, long nowTai64) {
    this.clients = clients;
    this.nowTai64 = nowTai64;
    for (Entry entry : entries) {
      own.merge(entry.location(), Gap.ALWAYS.without(entry.audience()), Gap::and);
    }
    Gap future = new Gap(nowTai64, Gap.ALWAYS.last());
    everybodys = own.getOrDefault(Clients.NOWHERE, Gap.ALWAYS).and(future);
    own.remove(Clients.NOWHERE);
    isAlikeEverywhere = own.isEmpty();
    own.replaceAll((_, gap) -> gap.and(everybodys));
    Stream<Blind> atOwn =
        own.entrySet().stream()
            .filter(place -> clients.areAt(place.getKey()))
            .map(place -> new Blind(place.getKey(), place.getValue()));
    Stream<Blind> elsewhere =
        clients.anyOutside(own.keySet()).stream()
            .mapToObj(location -> new Blind(location, everybodys));
    List<Blind> blind =
        Stream.concat(atOwn, elsewhere).filter(place -> !place.gap().isEmpty()).toList();
    extremes =
        Stream.of(
                blind.stream()
                    .min(Comparator.comparing(place -> place.gap().first(), Long::compareUnsigned)),
                blind.stream()
                    .max(Comparator.comparing(place -> place.gap().last(), Long::compareUnsigned)))
            .flatMap(Optional::stream)
            .toList();
  }

  /**
   * The part of an audience that sees none of the records for some time, and when, in words that
   * follow what these clients miss: {@code for clients at location lo from 4000000065920080 on}. No
   * words if nobody sees any record; empty if everybody always sees one.
   */
  Optional<String> gapOf(Entry.Audience audience) {
    Stream<Blind> places =
        audience.location() == Clients.NOWHERE
            ? extremes.stream()
            : Stream.of(audience.location())
                .filter(clients::areAt)
                .map(location -> new Blind(location, own.getOrDefault(location, everybodys)));
    return places
        .filter(place -> !place.gap().and(Gap.of(audience)).isEmpty())
        .findFirst()
        .map(this::describe);
  }

  private String describe(Blind place) {
    return describePlace(place.location()) + describeTime(place.gap());
  }

  private String describePlace(int location) {
    if (isAlikeEverywhere) {
      return "";
    }
    return location == Clients.NOWHERE
        ? " for clients at no location"
        : " for clients at location " + Clients.text(location);
  }

  private String describeTime(Gap gap) {
    boolean isNow = Long.compareUnsigned(gap.first(), nowTai64) <= 0;
    boolean ends = gap.last() != Gap.ALWAYS.last();
    String start = isNow ? "" : " from %016x".formatted(gap.first());
    String end = ends ? " until %016x".formatted(gap.last() + 1) : "";
    return start + (isNow || ends ? end : " on");
  }
}
