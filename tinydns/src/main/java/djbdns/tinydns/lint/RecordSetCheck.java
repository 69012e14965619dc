package djbdns.tinydns.lint;

import djbdns.wire.Bytes;
import djbdns.wire.Name;
import djbdns.wire.RecordType;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Records of one name that do not go together. */
final class RecordSetCheck implements Check {
  /** May stand beside CNAME (RFC 4034, 2.5). */
  private static final Set<RecordType> BESIDE_CNAME =
      Set.of(RecordType.RRSIG, RecordType.NSEC, RecordType.SIG, RecordType.KEY);

  /** Each {@code .} line makes an SOA record, and signatures are of many sets. */
  private static final Set<RecordType> NO_SET = Set.of(RecordType.SOA, RecordType.RRSIG);

  private record Content(int type, Bytes data, Entry.Audience audience) {}

  private record Group(int type, Entry.Audience audience) {}

  @Override
  public void look(Name name, List<Entry> entries, List<Finding> findings) {
    if (entries.size() > 1) {
      findDuplicates(name, entries, findings);
      findTtls(name, entries, findings);
      findAliases(name, entries, findings);
    }
  }

  /** The address of a server may well be in every line that names the server. */
  private static void findDuplicates(Name name, List<Entry> entries, List<Finding> findings) {
    Map<Content, Entry> first = new HashMap<>();
    for (Entry entry : entries) {
      Entry before =
          first.putIfAbsent(new Content(entry.type(), entry.data(), entry.audience()), entry);
      if (before != null && !entry.implied() && !entry.is(RecordType.SOA)) {
        findings.add(
            new Finding(
                entry.line(),
                Targets.describe(entry, name) + " is the same as in line " + before.line()));
      }
    }
  }

  /** All records of a set have one TTL (RFC 2181, 5.2). */
  private static void findTtls(Name name, List<Entry> entries, List<Finding> findings) {
    Map<Group, Entry> first = new HashMap<>();
    for (Entry entry : entries) {
      Entry before = first.putIfAbsent(new Group(entry.type(), entry.audience()), entry);
      if (before != null
          && before.ttlSeconds() != entry.ttlSeconds()
          && !NO_SET.contains(entry.recordType())) {
        findings.add(
            new Finding(
                entry.line(),
                Targets.describe(entry, name)
                    + " has ttl "
                    + entry.ttlSeconds()
                    + ", but "
                    + before.ttlSeconds()
                    + " in line "
                    + before.line()));
      }
    }
  }

  private static void findAliases(Name name, List<Entry> entries, List<Finding> findings) {
    Map<Entry.Audience, Entry> others = new LinkedHashMap<>();
    Map<Entry.Audience, Entry> aliases = new LinkedHashMap<>();
    for (Entry entry : entries) {
      if (entry.is(RecordType.CNAME)) {
        Entry before = aliases.putIfAbsent(entry.audience(), entry);
        if (before != null && !before.data().equals(entry.data())) {
          findings.add(
              new Finding(
                  entry.line(),
                  Targets.text(name) + " has another CNAME in line " + before.line()));
        }
      } else if (!BESIDE_CNAME.contains(entry.recordType())) {
        others.putIfAbsent(entry.audience(), entry);
      }
    }
    for (Entry alias : aliases.values()) {
      others.values().stream()
          .filter(other -> other.audience().meets(alias.audience()))
          .findFirst()
          .ifPresent(other ->
              findings.add(
                  new Finding(
                      alias.line(),
                      "CNAME of "
                          + name
                          + " is beside "
                          + other.recordType()
                          + " in line "
                          + other.line())));
    }
  }
}
