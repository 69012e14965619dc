package djbdns.tinydns.lint;

import djbdns.wire.Bytes;
import djbdns.wire.Name;
import djbdns.wire.RecordType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Records of one set that are there twice, or have different TTLs. */
final class RecordSetCheck implements Check {
  /** Each {@code .} line makes an SOA record, and signatures are of many sets. */
  private static final Set<RecordType> NO_SET = Set.of(RecordType.SOA, RecordType.RRSIG);

  private record Content(int type, Bytes data, Entry.Audience audience) {}

  private record Group(int type, Entry.Audience audience) {}

  @Override
  public void look(Name name, List<Entry> entries, List<Finding> findings) {
    if (entries.size() > 1) {
      findDuplicates(name, entries, findings);
      findTtls(name, entries, findings);
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
}
