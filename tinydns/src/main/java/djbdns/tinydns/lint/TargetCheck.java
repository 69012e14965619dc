package djbdns.tinydns.lint;

import djbdns.wire.Name;
import djbdns.wire.RecordType;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Records that point at names of our own that cannot be what they should. */
final class TargetCheck implements Check {
  private final NameTree tree;
  private final Effort effort;
  private final Clients clients;
  private final long nowTai64;

  /** The audiences of the addresses of servers' names. */
  private final Map<Name, Coverage> addresses = new HashMap<>();

  /** Name servers of zones in this file, which so are likely to serve it, with one such zone. */
  private final Map<Name, Name> ownServers = new HashMap<>();

  private record ZoneServer(Name zone, Name server) {}

  private final Set<ZoneServer> zonesAndServers = new HashSet<>();

  TargetCheck(NameTree tree, Effort effort, Clients clients, long nowTai64) {
    this.tree = tree;
    this.effort = effort;
    this.clients = clients;
    this.nowTai64 = nowTai64;
    tree.forEach((name, entries) -> {
      if (tree.has(name, RecordType.SOA)) {
        entries.stream()
            .filter(entry -> entry.is(RecordType.NS))
            .forEach(entry ->
                Targets.of(entry)
                    .ifPresent(host -> {
                      ownServers.put(host, name);
                      zonesAndServers.add(new ZoneServer(name, host));
                    }));
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
              ("%s names %s, which serves %s, but there is no zone %s here: lame unless %s has it from"
                      + " elsewhere")
                  .formatted(what, target, zoneServedBy(target, name), name, target)));
    }
    if (entry.is(RecordType.NS) && isAtOrBelowDelegation(name, target)) {
      if (!tree.hasAddress(target)) {
        findings.add(
            new Finding(entry.line(), what + " needs an address of " + target + " beside it"));
      }
      return;
    }
    if (tree.placeOf(target) == NameTree.Place.ZONE) {
      lookInZone(name, entry, target, findings);
    }
  }

  /** True if a zone is delegated to a server of this file, in which that zone is missing. */
  private boolean isLame(Name name, Name target) {
    return !tree.has(name, RecordType.SOA)
        && ownServers.containsKey(target)
        && tree.hasAddress(target);
  }

  /** The zone around the delegation if the server has it, since that is the one people think of. */
  private Name zoneServedBy(Name server, Name delegation) {
    return tree.zoneAbove(delegation)
        .filter(zone -> zonesAndServers.contains(new ZoneServer(zone, server)))
        .orElse(ownServers.get(server));
  }

  /** Without an address there, nobody would find the server (RFC 1034, 4.2.1). */
  private boolean isAtOrBelowDelegation(Name name, Name target) {
    return target.isWithin(name) && !tree.has(name, RecordType.SOA);
  }

  /** Finds what is wrong with a target in a zone of this file. */
  void lookInZone(Name name, Entry entry, Name target, List<Finding> findings) {
    problem(entry, target)
        .ifPresent(problem ->
            findings.add(
                new Finding(
                    entry.line(),
                    Targets.describe(entry, name) + " names " + target + ", which " + problem)));
  }

  private Optional<String> problem(Entry entry, Name target) {
    if (Targets.mustNotBeAlias(entry)) {
      return problemOfHost(target, entry.audience());
    }
    return new AliasChain(tree, effort, entry).leadsNowhere(target)
        ? Optional.of(missing(target))
        : Optional.empty();
  }

  private Optional<String> problemOfHost(Name host, Entry.Audience audience) {
    Optional<Name> redirection = tree.redirection(host);
    if (redirection.isPresent()) {
      return Optional.of("is below the DNAME of " + redirection.get());
    }
    Name source = tree.sourceOf(host);
    if (tree.at(source).isEmpty() && !tree.exists(host)) {
      return Optional.of(missing(host));
    }
    if (tree.has(source, RecordType.CNAME)) {
      return Optional.of("is a CNAME");
    }
    return addressesOf(source).gapOf(audience).map(gap -> "has no address" + gap);
  }

  private static String missing(Name target) {
    return "does not exist"
        + (NameCheck.beginsWithAddress(target) && !target.isWithin(NameCheck.ARPA)
            ? ": an address taken for a name?"
            : "");
  }

  private Coverage addressesOf(Name name) {
    return addresses.computeIfAbsent(
        name,
        _ ->
            new Coverage(
                tree.at(name).stream().filter(Entry::isAddress).toList(), clients, nowTai64));
  }
}
