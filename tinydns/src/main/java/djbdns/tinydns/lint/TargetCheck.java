package djbdns.tinydns.lint;

import djbdns.wire.Name;
import djbdns.wire.RecordType;
import java.util.List;

/** Records that point at names of our own that cannot be what they should. */
final class TargetCheck implements Check {
  private final NameTree tree;

  TargetCheck(NameTree tree) {
    this.tree = tree;
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
