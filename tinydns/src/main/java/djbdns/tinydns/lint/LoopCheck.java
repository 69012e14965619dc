package djbdns.tinydns.lint;

import djbdns.wire.Limits;
import djbdns.wire.Name;
import djbdns.wire.RecordType;
import djbdns.wire.rdata.OwnerRules;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Aliases that lead round in a circle, through CNAME and DNAME records. */
final class LoopCheck implements Check {
  private final NameTree tree;
  private final Effort effort;

  /** A place of a chain as an audience sees it. */
  private record Seen(Name place, Entry.Audience audience) implements Comparable<Seen> {
    private static final Comparator<Seen> ORDER =
        Comparator.comparing(Seen::place).thenComparing(Seen::audience);

    /** Keeps hash tables quick if somebody chooses names of which many have one hash. */
    @Override
    public int compareTo(Seen other) {
      return ORDER.compare(this, other);
    }
  }

  /** A circle as {@link #report} needs it, whatever the number of aliases that lead into it. */
  private record Loop(
      List<AliasChain.Step> steps, Set<Long> lines, long firstLine, Name firstOwner) {
    static Loop of(List<AliasChain.Step> steps) {
      AliasChain.Step first =
          Collections.min(steps, Comparator.comparingLong(step -> step.alias().line()));
      Set<Long> lines =
          steps.stream().map(step -> step.alias().line()).collect(Collectors.toUnmodifiableSet());
      return new Loop(List.copyOf(steps), lines, first.alias().line(), first.owner());
    }
  }

  /**
   * The name at which a chain comes into a loop.
   *
   * @param index of the first of the loop's steps
   */
  private record Entrance(Loop loop, int index) {}

  /** Places from which every chain ends. */
  private final Set<Seen> ended = new HashSet<>();

  /** Places that lead into a loop or are in one. */
  private final Map<Seen, Entrance> entrances = new HashMap<>();

  LoopCheck(NameTree tree, Effort effort) {
    this.tree = tree;
    this.effort = effort;
  }

  @Override
  public void look(Name name, List<Entry> entries, List<Finding> findings) {
    FirstMet<Boolean> before = new FirstMet<>();
    for (Entry entry : entries) {
      if (entry.is(RecordType.CNAME)) {
        boolean isTaken = before.firstUnlike(entry.audience(), true).isEmpty() && isReached(name);
        before.add(entry, false);
        look(name, entry, Optional.of(AliasChain.ofCname(name, entry)), isTaken, findings);
      } else if (entry.is(RecordType.DNAME) && name.length() + 2 <= Limits.NAME_BYTES) {
        look(name, entry, chainOf(entry).step(someNameBelow(name)), true, findings);
      }
    }
  }

  /** True if chains go through the CNAME records of a name. */
  private boolean isReached(Name name) {
    return tree.placeOf(name) == NameTree.Place.ZONE && tree.redirection(name).isEmpty();
  }

  private AliasChain chainOf(Entry entry) {
    return new AliasChain(tree, effort, entry);
  }

  /** A name that is in no file. */
  private static Name someNameBelow(Name name) {
    byte[] wire = new byte[2 + name.length()];
    wire[0] = 1;
    name.copyTo(wire, 2);
    return Name.ofWire(wire, 0);
  }

  /**
   * Follows a chain from its start.
   *
   * @param isTaken whether other chains that come by take the same first step: then what is known
   *     of places is true for this one, and the other way round
   */
  private void look(
      Name owner,
      Entry start,
      Optional<AliasChain.Step> first,
      boolean isTaken,
      List<Finding> findings) {
    AliasChain chain = chainOf(start);
    List<AliasChain.Step> path = new ArrayList<>();
    Map<Name, Integer> places = new HashMap<>();
    Optional<AliasChain.Step> step = first;
    while (step.isPresent()) {
      Seen seen = seen(step.get(), start);
      boolean isShared = isTaken || !path.isEmpty();
      int back = places.getOrDefault(step.get().place(), path.size());
      Optional<Entrance> entrance = newLoop(path.subList(back, path.size()));
      if (entrance.isEmpty() && isShared) {
        if (ended.contains(seen)) {
          break;
        }
        entrance = Optional.ofNullable(entrances.get(seen));
      }
      if (entrance.isPresent()) {
        if (isTaken || back > 0) {
          remember(path, isTaken ? 0 : 1, back, entrance.get(), start);
        }
        report(owner, start, entrance.get(), findings);
        return;
      }
      places.put(step.get().place(), path.size());
      path.add(step.get());
      if (step.get().next().isEmpty()) {
        reportGrowth(owner, start, path, findings);
        return;
      }
      step = step.flatMap(AliasChain.Step::next).flatMap(chain::step);
    }
    if (!effort.isSpent()) {
      path.stream().skip(isTaken ? 0 : 1).forEach(passed -> ended.add(seen(passed, start)));
    }
  }

  private static Optional<Entrance> newLoop(List<AliasChain.Step> steps) {
    return steps.isEmpty() ? Optional.empty() : Optional.of(new Entrance(Loop.of(steps), 0));
  }

  private static Seen seen(AliasChain.Step step, Entry start) {
    return new Seen(step.place(), start.audience());
  }

  /**
   * Remembers where the steps of a path lead.
   *
   * @param from the first that other chains take as well
   * @param back number of the steps before those, if any, that are the loop itself
   */
  private void remember(
      List<AliasChain.Step> path, int from, int back, Entrance entrance, Entry start) {
    path.subList(from, back).forEach(step -> entrances.put(seen(step, start), entrance));
    for (int i = back; i < path.size(); i++) {
      entrances.put(seen(path.get(i), start), new Entrance(entrance.loop(), i - back));
    }
  }

  /** A name that gets longer with every round, until it is too long. */
  private static void reportGrowth(
      Name owner, Entry start, List<AliasChain.Step> path, List<Finding> findings) {
    Map<Long, Integer> rounds = new HashMap<>();
    path.forEach(step -> rounds.merge(step.alias().line(), 1, Integer::sum));
    List<AliasChain.Step> loop =
        path.stream().filter(step -> rounds.get(step.alias().line()) > 1).toList();
    if (!loop.isEmpty()) {
      report(owner, start, new Entrance(Loop.of(loop), 0), findings);
    }
  }

  /** Reports a loop at the first of its lines, and whatever leads into it. */
  private static void report(Name owner, Entry start, Entrance entrance, List<Finding> findings) {
    Loop loop = entrance.loop();
    if (!loop.lines().contains(start.line())) {
      findings.add(
          new Finding(
              start.line(),
              Targets.describe(start, owner)
                  + " leads into the loop of "
                  + OwnerRules.text(loop.firstOwner())));
    } else if (start.line() == loop.firstLine()) {
      findings.add(
          new Finding(start.line(), Targets.describe(start, owner) + round(entrance, owner)));
    }
  }

  private static String round(Entrance entrance, Name first) {
    List<AliasChain.Step> steps = entrance.loop().steps();
    return IntStream.range(0, steps.size())
        .mapToObj(i -> steps.get((entrance.index() + i) % steps.size()).owner())
        .filter(owner -> !owner.equals(first))
        .findFirst()
        .map(other -> " leads back to itself through " + OwnerRules.text(other))
        .orElse(" leads back to itself");
  }
}
