package djbdns.tinydns.lint;

import djbdns.wire.Name;
import djbdns.wire.RecordType;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Records of one set that are there twice, or have different TTLs. */
final class RecordSetCheck implements Check {
  /** Each {@code .} line makes an SOA record, and signatures are of many sets. */
  private static final Set<RecordType> NO_SET = Set.of(RecordType.SOA, RecordType.RRSIG);

  /** Not by hash codes, which whoever writes the data could have collide. */
  private static final Comparator<Entry> BY_GROUP =
      Comparator.comparingInt(Entry::type).thenComparing(Entry::audience);

  private static final Comparator<Entry> BY_CONTENT = BY_GROUP.thenComparing(Entry::data);

  @Override
  public void look(Name name, List<Entry> entries, List<Finding> findings) {
    if (entries.size() > 1) {
      findDuplicates(name, entries, findings);
      findTtls(name, entries, findings);
    }
  }

  /** The address of a server may well be in every line that names the server. */
  private static void findDuplicates(Name name, List<Entry> entries, List<Finding> findings) {
    Map<Entry, Entry> first = new TreeMap<>(BY_CONTENT);
    for (Entry entry : entries) {
      Entry before = first.putIfAbsent(entry, entry);
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
    Map<Entry, Entry> first = new TreeMap<>(BY_GROUP);
    for (Entry entry : entries) {
      Entry before = first.putIfAbsent(entry, entry);
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
