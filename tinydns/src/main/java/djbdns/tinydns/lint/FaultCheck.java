package djbdns.tinydns.lint;

import djbdns.wire.Name;
import djbdns.wire.RecordType;
import djbdns.wire.rdata.OwnerRules;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Records of one name for which other servers refuse a whole zone: they are one too many, do not go
 * together, or are not all that a zone needs.
 */
final class FaultCheck implements Check {
  private final Predicate<Name> isBelowZone;
  private final Clients clients;
  private final long nowTai64;

  /**
   * A check.
   *
   * @param isBelowZone whether there is a zone of the same file above a name
   */
  FaultCheck(Predicate<Name> isBelowZone, Clients clients, long nowTai64) {
    this.isBelowZone = isBelowZone;
    this.clients = clients;
    this.nowTai64 = nowTai64;
  }

  @Override
  public void look(Name name, List<Entry> entries, List<Finding> findings) {
    if (first(RecordType.SOA, entries).isPresent()) {
      lookAtZone(name, entries, findings);
    }
    if (entries.size() > 1) {
      findSecond(RecordType.CNAME, name, entries, findings);
      findSecond(RecordType.DNAME, name, entries, findings);
      findOthers(name, entries, findings);
    }
  }

  private void lookAtZone(Name name, List<Entry> entries, List<Finding> findings) {
    findMissingServers(name, entries).ifPresent(findings::add);
    first(RecordType.DS, entries)
        .filter(_ -> !isBelowZone.test(name))
        .ifPresent(ds ->
            findings.add(
                new Finding(
                    ds.line(),
                    "DS of " + name + " belongs into the zone above, which is not here")));
  }

  /** Finds clients who see the zone, and none of its servers. */
  private Optional<Finding> findMissingServers(Name name, List<Entry> entries) {
    List<Entry> servers = entries.stream().filter(entry -> entry.is(RecordType.NS)).toList();
    Coverage coverage = new Coverage(servers, clients, nowTai64);
    return entries.stream()
        .filter(entry -> entry.is(RecordType.SOA))
        .flatMap(soa ->
            coverage.gapOf(soa.audience()).stream()
                .map(gap -> new Finding(soa.line(), "zone " + name + " has no NS" + gap)))
        .findFirst();
  }

  private static Optional<Entry> first(RecordType type, List<Entry> entries) {
    return entries.stream().filter(entry -> entry.is(type)).findFirst();
  }

  /** Looks for two different records of a type of which there must be one. */
  private static void findSecond(
      RecordType type, Name name, List<Entry> entries, List<Finding> findings) {
    FirstMet<Optional<Name>> seen = new FirstMet<>();
    for (Entry entry : entries) {
      if (entry.is(type)) {
        Optional<Name> target = Targets.of(entry);
        seen.firstUnlike(entry.audience(), target)
            .ifPresent(before -> findings.add(second(type, name, before, entry)));
        seen.add(entry, target);
      }
    }
  }

  private static Finding second(RecordType type, Name name, Entry before, Entry entry) {
    return new Finding(
        entry.line(), OwnerRules.text(name) + " has another " + type + " in line " + before.line());
  }

  private static void findOthers(Name name, List<Entry> entries, List<Finding> findings) {
    Map<Entry.Audience, Entry> aliases = new LinkedHashMap<>();
    FirstMet<Boolean> others = new FirstMet<>();
    for (Entry entry : entries) {
      if (entry.is(RecordType.CNAME)) {
        aliases.putIfAbsent(entry.audience(), entry);
      } else if (!OwnerRules.mayBeBesideCname(entry.recordType())) {
        others.add(entry, false);
      }
    }
    for (Entry alias : aliases.values()) {
      others
          .firstUnlike(alias.audience(), true)
          .ifPresent(other -> findings.add(beside(name, alias, other)));
    }
  }

  private static Finding beside(Name name, Entry alias, Entry other) {
    return new Finding(
        alias.line(),
        "CNAME of "
            + OwnerRules.text(name)
            + " is beside "
            + other.recordType()
            + " in line "
            + other.line());
  }
}
