package djbdns.tinydns.lint;

import djbdns.wire.Name;
import djbdns.wire.RecordType;
import java.util.List;
import java.util.Optional;

/**
 * Name servers of a zone, with names in that zone, that cannot be found there: primaries refuse to
 * load it. {@link TargetCheck} looks at these and others.
 */
final class OwnServerCheck implements Check {
  private final NameTree tree;
  private final TargetCheck targets;

  OwnServerCheck(NameTree tree, TargetCheck targets) {
    this.tree = tree;
    this.targets = targets;
  }

  @Override
  public void look(Name name, List<Entry> entries, List<Finding> findings) {
    if (!tree.has(name, RecordType.SOA)) {
      return;
    }
    for (Entry entry : entries) {
      if (entry.is(RecordType.NS)) {
        Targets.of(entry)
            .filter(target -> tree.nearestCut(target).equals(Optional.of(name)))
            .ifPresent(target -> targets.lookInZone(name, entry, target, findings));
      }
    }
  }
}
