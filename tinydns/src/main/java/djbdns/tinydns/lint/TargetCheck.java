package djbdns.tinydns.lint;

import djbdns.wire.Name;
import djbdns.wire.RecordType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Records that point at names of our own that cannot be what they should. */
final class TargetCheck implements Check {
  private final NameTree tree;

  /** Name servers of zones in this file, which so are likely to serve it, with one such zone. */
  private final Map<Name, Name> ownServers = new HashMap<>();

  TargetCheck(NameTree tree) {
    this.tree = tree;
    tree.forEach((name, entries) -> {
      if (tree.has(name, RecordType.SOA)) {
        entries.stream()
            .filter(entry -> entry.is(RecordType.NS))
            .forEach(entry -> Targets.of(entry).ifPresent(host -> ownServers.put(host, name)));
      }
    });
  }

  @Override
  public void look(Name name, List<Entry> entries, List<Finding> findings) {
    for (Entry entry : entries) {
      Targets.of(entry).ifPresent(target -> look(name, entry, target, findings));
    }
  }

  private void look(Name name, Entry entry, Name target, List<Finding> findings) {
    // MX and SRV with the root mean that there is no such service (RFC 7505; RFC 2782).
    if (target.isRoot() || entry.is(RecordType.DNAME)) {
      return;
    }
    String what = Targets.describe(entry, name);
    if (entry.is(RecordType.NS) && isLame(name, target)) {
      findings.add(
          new Finding(
              entry.line(),
              "%s names %s, which serves %s, but there is no zone %s here: lame"
                  .formatted(what, target, ownServers.get(target), name)));
    }
    if (entry.is(RecordType.NS) && isAtOrBelowDelegation(name, target)) {
      if (tree.at(target).stream().noneMatch(Entry::isAddress)) {
        findings.add(
            new Finding(entry.line(), what + " needs an address of " + target + " beside it"));
      }
      return;
    }
    if (tree.placeOf(target) == NameTree.Place.ZONE) {
      lookInZone(entry, target, what, findings);
    }
  }

  /** Whether a zone is delegated to a server of this file, in which that zone is missing. */
  private boolean isLame(Name name, Name target) {
    return !tree.has(name, RecordType.SOA)
        && ownServers.containsKey(target)
        && tree.at(target).stream().anyMatch(Entry::isAddress);
  }

  /** Without an address there, nobody would find the server (RFC 1034, 4.2.1). */
  private boolean isAtOrBelowDelegation(Name name, Name target) {
    return target.isWithin(name) && !tree.has(name, RecordType.SOA);
  }

  private void lookInZone(Entry entry, Name target, String what, List<Finding> findings) {
    List<Entry> found = tree.answering(target);
    if (found.isEmpty() && !tree.exists(target)) {
      findings.add(new Finding(entry.line(), what + " names " + target + ", which does not exist"));
    } else if (Targets.mustNotBeAlias(entry)) {
      if (found.stream().anyMatch(other -> other.is(RecordType.CNAME))) {
        findings.add(new Finding(entry.line(), what + " names " + target + ", which is a CNAME"));
      } else if (found.stream().noneMatch(Entry::isAddress)) {
        findings.add(
            new Finding(entry.line(), what + " names " + target + ", which has no address"));
      }
    }
  }
}
