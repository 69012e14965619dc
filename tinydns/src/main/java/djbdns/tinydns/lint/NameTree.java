package djbdns.tinydns.lint;

import djbdns.wire.Limits;
import djbdns.wire.Name;
import djbdns.wire.RecordType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * The names of a data file with their records, and how names lie below one another. A wildcard is a
 * name whose first label is {@code *}.
 */
final class NameTree {
  /** Of a name: of the zones and delegations at it or above, the nearest. */
  enum Place {
    /** There is neither. */
    OUTSIDE,
    ZONE,
    /** At or below NS records without SOA. */
    DELEGATED
  }

  /** So many records of a name are looked through each time. */
  private static final int FEW = 16;

  private final Map<Name, List<Entry>> names = new HashMap<>();
  private final Set<Name> parents = new HashSet<>();

  /** The names that have records of the types that are asked for: a name can have many others. */
  private final Map<Integer, Set<Name>> owners =
      Map.of(
          RecordType.SOA.code(), new HashSet<>(),
          RecordType.NS.code(), new HashSet<>(),
          RecordType.DNAME.code(), new HashSet<>(),
          RecordType.CNAME.code(), new HashSet<>(),
          RecordType.A.code(), new HashSet<>(),
          RecordType.AAAA.code(), new HashSet<>());

  /** The records of a type, of names that have many and have been asked for. */
  private final Map<Integer, Map<Name, FirstMet<Boolean>>> audiences = new HashMap<>();

  private long size;

  void add(Name name, Entry entry) {
    size++;
    names.computeIfAbsent(name, _ -> new ArrayList<>(1)).add(entry);
    if (owners.containsKey(entry.type())) {
      owners.get(entry.type()).add(name);
    }
    Name above = name;
    while (!above.isRoot()) {
      above = above.parent();
      if (!parents.add(above)) {
        return;
      }
    }
  }

  void forEach(BiConsumer<Name, List<Entry>> action) {
    names.forEach(action);
  }

  /** The records of exactly this name, in the order of the file; empty if there are none. */
  List<Entry> at(Name name) {
    return names.getOrDefault(name, List.of());
  }

  /** The number of records. */
  long size() {
    return size;
  }

  /**
   * The first record of exactly this name and type that an audience may see. To be asked for when
   * all records have been added.
   */
  Optional<Entry> first(Name name, RecordType type, Entry.Audience audience) {
    List<Entry> entries = at(name);
    if (entries.size() <= FEW) {
      return entries.stream()
          .filter(entry -> entry.is(type) && entry.audience().meets(audience))
          .findFirst();
    }
    return audiences
        .computeIfAbsent(type.code(), _ -> new HashMap<>())
        .computeIfAbsent(name, _ -> byAudience(entries, type))
        .firstUnlike(audience, true);
  }

  private static FirstMet<Boolean> byAudience(List<Entry> entries, RecordType type) {
    FirstMet<Boolean> all = new FirstMet<>();
    entries.stream().filter(entry -> entry.is(type)).forEach(entry -> all.add(entry, false));
    return all;
  }

  /** True if exactly this name has SOA, NS, DNAME, CNAME, A or AAAA records. */
  boolean has(Name name, RecordType type) {
    return owners.getOrDefault(type.code(), Set.of()).contains(name);
  }

  /** True if exactly this name has an address. */
  boolean hasAddress(Name name) {
    return has(name, RecordType.A) || has(name, RecordType.AAAA);
  }

  /** True if the name has records, or a name below it has. */
  boolean exists(Name name) {
    return names.containsKey(name) || parents.contains(name);
  }

  /** The nearest name, from this one up, that has NS or SOA records. */
  Optional<Name> nearestCut(Name name) {
    Name at = name;
    while (!has(at, RecordType.NS) && !has(at, RecordType.SOA)) {
      if (at.isRoot()) {
        return Optional.empty();
      }
      at = at.parent();
    }
    return Optional.of(at);
  }

  Place placeOf(Name name) {
    Optional<Name> cut = nearestCut(name);
    if (cut.isEmpty()) {
      return Place.OUTSIDE;
    }
    return has(cut.get(), RecordType.SOA) ? Place.ZONE : Place.DELEGATED;
  }

  /** The records that answer for a name in its zone: its own, or those of a wildcard (RFC 4592). */
  List<Entry> answering(Name name) {
    return at(sourceOf(name));
  }

  /** The name whose records answer for a name in its zone: itself, or a wildcard (RFC 4592). */
  Name sourceOf(Name name) {
    if (exists(name) || name.isRoot()) {
      return name;
    }
    Name encloser = name.parent();
    while (!exists(encloser) && !encloser.isRoot()) {
      encloser = encloser.parent();
    }
    return wildcardBelow(encloser);
  }

  /** {@code *.name}, or the name itself where that would be too long to exist. */
  static Name wildcardBelow(Name name) {
    byte[] wire = new byte[2 + name.length()];
    wire[0] = 1;
    wire[1] = '*';
    name.copyTo(wire, 2);
    return wire.length > Limits.NAME_BYTES ? name : Name.ofWire(wire, 0);
  }

  /**
   * The topmost name above this one, in its zone, that has DNAME records: it takes the name away.
   */
  Optional<Name> redirection(Name name) {
    Optional<Name> topmost = Optional.empty();
    Name at = name;
    while (!at.isRoot() && !has(at, RecordType.SOA)) {
      at = at.parent();
      if (has(at, RecordType.DNAME)) {
        topmost = Optional.of(at);
      }
    }
    return topmost;
  }

  /** The nearest zone of the file above a name. */
  Optional<Name> zoneAbove(Name name) {
    Name at = name;
    while (!at.isRoot()) {
      at = at.parent();
      if (has(at, RecordType.SOA)) {
        return Optional.of(at);
      }
    }
    return Optional.empty();
  }
}
