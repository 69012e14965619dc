package djbdns.tinydns.lint;

import djbdns.wire.Name;
import djbdns.wire.rdata.OwnerRules;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Names that 1.05 answers for in another way than the standards say (RFC 4592; RFC 8020). */
final class CompatCheck implements Check {
  private final NameTree tree;

  /** A name without records to the first line that has a name below it. */
  private final Map<Name, Long> emptyNames = new HashMap<>();

  /** The parent of a wildcard to the first line of another name directly below that parent. */
  private final Map<Name, Long> siblings = new HashMap<>();

  CompatCheck(NameTree tree) {
    this.tree = tree;
    tree.forEach(this::note);
  }

  private void note(Name name, List<Entry> entries) {
    long line = entries.getFirst().line();
    Name at = name;
    while (!at.isRoot()) {
      Name parent = at.parent();
      if (!OwnerRules.isWildcard(at) && !tree.at(NameTree.wildcardBelow(parent)).isEmpty()) {
        siblings.merge(parent, line, Math::min);
      }
      if (tree.at(parent).isEmpty()) {
        emptyNames.merge(parent, line, Math::min);
      }
      at = parent;
    }
  }

  /** Findings that belong to no record. */
  void lookAtEmptyNames(List<Finding> findings) {
    emptyNames.forEach((name, line) -> {
      if (tree.placeOf(name) == NameTree.Place.ZONE) {
        findings.add(
            new Finding(
                line,
                "no records of "
                    + name
                    + ": NOERROR, since there are names below it, but NXDOMAIN from 1.05"));
      }
    });
  }

  @Override
  public void look(Name name, List<Entry> entries, List<Finding> findings) {
    if (OwnerRules.isWildcard(name) && siblings.containsKey(name.parent())) {
      findings.add(
          new Finding(
              entries.getFirst().line(),
              "wildcard "
                  + OwnerRules.text(name)
                  + " is not for names below existing ones, such as in line "
                  + siblings.get(name.parent())
                  + ", but is from 1.05"));
    }
  }
}
