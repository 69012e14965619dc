package djbdns.tinydns.lint;

import djbdns.wire.Limits;
import djbdns.wire.Name;
import djbdns.wire.OwnerRules;
import djbdns.wire.RecordType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Aliases that lead round in a circle, through CNAME and DNAME records. */
final class LoopCheck implements Check {
  private final NameTree tree;

  /** A place of a chain as an audience sees it. */
  private record Seen(Name place, Entry.Audience audience) {}

  /** Places from which every chain ends. */
  private final Set<Seen> ended = new HashSet<>();

  LoopCheck(NameTree tree) {
    this.tree = tree;
  }

  @Override
  public void look(Name name, List<Entry> entries, List<Finding> findings) {
    for (Entry entry : entries) {
      if (entry.is(RecordType.CNAME)) {
        look(name, entry, Optional.of(AliasChain.ofCname(name, entry)), findings);
      } else if (entry.is(RecordType.DNAME) && name.length() + 2 <= Limits.NAME_BYTES) {
        look(name, entry, chainOf(entry).step(someNameBelow(name)), findings);
      }
    }
  }

  private AliasChain chainOf(Entry entry) {
    return new AliasChain(tree, entry.audience());
  }

  /** A name that is in no file. */
  private static Name someNameBelow(Name name) {
    byte[] wire = new byte[2 + name.length()];
    wire[0] = 1;
    name.copyTo(wire, 2);
    return Name.ofWire(wire, 0);
  }

  private void look(
      Name owner, Entry start, Optional<AliasChain.Step> first, List<Finding> findings) {
    AliasChain chain = chainOf(start);
    List<AliasChain.Step> path = new ArrayList<>();
    Map<Name, Integer> places = new HashMap<>();
    Optional<AliasChain.Step> step = first;
    while (step.isPresent() && !ended.contains(new Seen(step.get().place(), start.audience()))) {
      Integer before = places.putIfAbsent(step.get().place(), path.size());
      if (before != null) {
        report(owner, start, path.subList(before, path.size()), findings);
        return;
      }
      path.add(step.get());
      if (step.get().next().isEmpty()) {
        reportGrowth(owner, start, path, findings);
        return;
      }
      step = step.flatMap(AliasChain.Step::next).flatMap(chain::step);
    }
    path.forEach(passed -> ended.add(new Seen(passed.place(), start.audience())));
  }

  /** A name that gets longer with every round, until it is too long. */
  private static void reportGrowth(
      Name owner, Entry start, List<AliasChain.Step> path, List<Finding> findings) {
    Map<Entry, Integer> rounds = new HashMap<>();
    path.forEach(step -> rounds.merge(step.alias(), 1, Integer::sum));
    List<AliasChain.Step> loop =
        path.stream().filter(step -> rounds.get(step.alias()) > 1).toList();
    if (!loop.isEmpty()) {
      report(owner, start, loop, findings);
    }
  }

  /** Reports a loop at the first of its lines, and whatever leads into it. */
  private static void report(
      Name owner, Entry start, List<AliasChain.Step> loop, List<Finding> findings) {
    Predicate<AliasChain.Step> isStart = step -> step.alias().equals(start);
    long firstLine = loop.stream().mapToLong(step -> step.alias().line()).min().orElseThrow();
    Name first =
        loop.stream()
            .filter(step -> step.alias().line() == firstLine)
            .findFirst()
            .orElseThrow()
            .owner();
    if (loop.stream().noneMatch(isStart)) {
      findings.add(
          new Finding(
              start.line(),
              Targets.describe(start, owner) + " leads into the loop of " + text(first)));
    } else if (start.line() == firstLine) {
      findings.add(new Finding(firstLine, Targets.describe(start, owner) + round(loop, owner)));
    }
  }

  private static String round(List<AliasChain.Step> loop, Name first) {
    return loop.stream()
        .map(AliasChain.Step::owner)
        .filter(owner -> !owner.equals(first))
        .findFirst()
        .map(other -> " leads back to itself through " + text(other))
        .orElse(" leads back to itself");
  }

  private static String text(Name owner) {
    return OwnerRules.text(owner);
  }
}
