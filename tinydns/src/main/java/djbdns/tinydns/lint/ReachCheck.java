package djbdns.tinydns.lint;

import djbdns.wire.Name;
import djbdns.wire.RecordType;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Records that no answer ever has. */
final class ReachCheck implements Check {
  /** The types that the zone above a delegation has there (RFC 4035, 2). */
  private static final Set<RecordType> AT_DELEGATION =
      Set.of(RecordType.NS, RecordType.DS, RecordType.NSEC, RecordType.RRSIG);

  private final NameTree tree;
  private final long nowTai64;
  private final Set<Name> servers = new HashSet<>();

  ReachCheck(NameTree tree, long nowTai64) {
    this.tree = tree;
    this.nowTai64 = nowTai64;
    tree.forEach((_, entries) ->
        entries.stream()
            .filter(entry -> entry.is(RecordType.NS))
            .forEach(entry -> Targets.of(entry).ifPresent(servers::add)));
  }

  @Override
  public void look(Name name, List<Entry> entries, List<Finding> findings) {
    Optional<Name> cut = tree.nearestCut(name);
    Optional<Name> alias = tree.redirection(name);
    for (Entry entry : entries) {
      if (entry.dies() && Long.compareUnsigned(entry.timestamp(), nowTai64) < 0) {
        findings.add(finding(name, entry, "has ended: its timestamp is in the past"));
      }
      if (entry.implied()) {
        continue;
      }
      if (cut.isEmpty()) {
        findings.add(finding(name, entry, "is outside of every zone"));
      } else if (isBelowDelegation(name, entry, cut.get())) {
        findings.add(finding(name, entry, "is delegated away with " + cut.get()));
      } else if (alias.isPresent()) {
        findings.add(finding(name, entry, "is below the DNAME of " + alias.get()));
      }
    }
  }

  private static Finding finding(Name name, Entry entry, String problem) {
    return new Finding(entry.line(), Targets.describe(entry, name) + " " + problem);
  }

  private boolean isBelowDelegation(Name name, Entry entry, Name cut) {
    if (tree.has(cut, RecordType.SOA)) {
      return false;
    }
    boolean ofDelegation = name.equals(cut) && AT_DELEGATION.contains(entry.recordType());
    boolean glue = entry.isAddress() && servers.contains(name);
    return !ofDelegation && !glue;
  }
}
