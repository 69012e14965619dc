package djbdns.tinydns.lint;

import djbdns.wire.Limits;
import djbdns.wire.Name;
import djbdns.wire.RecordType;
import java.util.Optional;

/** Follows names of the file through the CNAME and DNAME records that an audience sees. */
final class AliasChain {
  /** Steps through DNAME records after which a name is taken to lead somewhere. */
  private static final int MAX_STEPS = 128;

  private final NameTree tree;
  private final Effort effort;
  private final Entry start;

  /**
   * The ways of an audience.
   *
   * @param start an alias, or a record that names one
   */
  AliasChain(NameTree tree, Effort effort, Entry start) {
    this.tree = tree;
    this.effort = effort;
    this.start = start;
  }

  /**
   * From one name to the next.
   *
   * @param place what is the same whenever the chain comes through here again: the owner of the
   *     CNAME record, or the name below the DNAME record
   * @param owner of the record
   * @param next empty if it is longer than a name may be
   */
  record Step(Name place, Name owner, Entry alias, Optional<Name> next) {}

  /** The step that a CNAME record of a name or wildcard makes. */
  static Step ofCname(Name owner, Entry cname) {
    return new Step(owner, owner, cname, Targets.of(cname));
  }

  /** The target of a name of this file; empty if it is no alias, or the effort is spent. */
  Optional<Step> step(Name name) {
    if (!effort.spend(name, start.line())) {
      return Optional.empty();
    }
    if (tree.placeOf(name) != NameTree.Place.ZONE) {
      return Optional.empty();
    }
    Optional<Name> redirection = tree.redirection(name);
    return redirection.isPresent()
        ? throughDname(name, redirection.get())
        : throughCname(tree.sourceOf(name));
  }

  /** True if a name of this file, or the one that DNAME records make of it, does not exist. */
  boolean leadsNowhere(Name name) {
    Name at = name;
    for (int i = 0;
        i < MAX_STEPS && effort.spend(at, start.line()) && tree.placeOf(at) == NameTree.Place.ZONE;
        i++) {
      Optional<Name> redirection = tree.redirection(at);
      if (redirection.isEmpty()) {
        return tree.answering(at).isEmpty() && !tree.exists(at);
      }
      Optional<Name> next = throughDname(at, redirection.get()).flatMap(Step::next);
      if (next.isEmpty()) {
        return false;
      }
      at = next.get();
    }
    return false;
  }

  private Optional<Step> throughCname(Name owner) {
    return alias(owner, RecordType.CNAME).map(cname -> ofCname(owner, cname));
  }

  private Optional<Step> throughDname(Name name, Name owner) {
    return alias(owner, RecordType.DNAME)
        .map(dname ->
            new Step(
                name,
                owner,
                dname,
                Targets.of(dname).flatMap(target -> substitute(name, owner, target))));
  }

  private Optional<Entry> alias(Name owner, RecordType type) {
    return tree.first(owner, type, start.audience());
  }

  /** The name with the target in place of the owner at its end (RFC 6672, 2.2). */
  private static Optional<Name> substitute(Name name, Name owner, Name target) {
    int kept = name.length() - owner.length();
    byte[] wire = new byte[name.length() + target.length()];
    name.copyTo(wire, 0);
    int length = kept + target.copyTo(wire, kept);
    return length > Limits.NAME_BYTES ? Optional.empty() : Optional.of(Name.ofWire(wire, 0));
  }
}
