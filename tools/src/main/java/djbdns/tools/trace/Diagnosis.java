package djbdns.tools.trace;

import djbdns.wire.Name;
import djbdns.wire.Question;
import djbdns.wire.RecordType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Finds what is wrong in a {@link Picture}. */
public final class Diagnosis {
  /** The outcome of the question. */
  public enum Verdict {
    /** Every server that should answer does, and all say the same. */
    ANSWERED,
    /** The same, but there is no such name, or no data of the type. */
    DENIED,
    PROBLEMS
  }

  private final Picture picture;
  private final boolean ipv6;

  /** Each once, in the order of zones on the way. */
  private final Set<Problem> problems = new LinkedHashSet<>();

  /** Aliases of circles that have been reported. */
  private final Set<Name> inCircles = new HashSet<>();

  private Diagnosis(Picture picture, boolean ipv6) {
    this.picture = picture;
    this.ipv6 = ipv6;
  }

  /**
   * The problems, those of the zones further up before those of zones below.
   *
   * @param ipv6 whether IPv6 addresses of servers were asked for
   */
  public static List<Problem> of(Picture picture, boolean ipv6) {
    Diagnosis diagnosis = new Diagnosis(picture, ipv6);
    for (Question question : picture.questions()) {
      for (Name zone : picture.zones(question)) {
        diagnosis.checkServers(question, zone);
        diagnosis.checkAgreement(question, zone);
        if (!zone.isRoot()) {
          diagnosis.checkDelegation(zone);
        }
      }
      diagnosis.checkAlias(question);
    }
    return List.copyOf(diagnosis.problems);
  }

  /** The outcome of the last question in a picture with these problems. */
  public static Verdict verdict(Picture picture, List<Problem> problems) {
    Question last = picture.questions().getLast();
    Set<Statement.Kind> kinds =
        picture.zones(last).stream()
            .flatMap(zone -> picture.said(last, zone).stream())
            .map(said -> said.statement().kind())
            .filter(Statement.Kind::isFinal)
            .collect(Collectors.toSet());
    if (!problems.isEmpty() || kinds.isEmpty()) {
      return Verdict.PROBLEMS;
    }
    return kinds.contains(Statement.Kind.ANSWER) ? Verdict.ANSWERED : Verdict.DENIED;
  }

  private void report(Name zone, String text) {
    problems.add(new Problem(zone, text));
  }

  private void checkServers(Question question, Name zone) {
    List<Picture.Said> all = picture.said(question, zone);
    for (Picture.Said said : all) {
      if (said.statement().kind().isProblem()) {
        problems.add(new Problem(zone, said.server() + " " + said.statement().text(), true));
      }
    }
    if (all.isEmpty()) {
      report(zone, "no server of this zone could be asked" + hintAtIpv6(zone));
    } else if (all.stream().allMatch(said -> said.statement().kind().isProblem())) {
      report(zone, "no server of this zone works");
    }
  }

  private String hintAtIpv6(Name zone) {
    boolean somebodyExists =
        picture.hosts(zone).stream().anyMatch(host -> !picture.lookups(host).isEmpty());
    return !ipv6 && somebodyExists ? ": none has an IPv4 address" : "";
  }

  private void checkAgreement(Question question, Name zone) {
    Map<Statement, List<String>> answers = new LinkedHashMap<>();
    Map<String, Map<Statement, List<String>>> referrals = new TreeMap<>();
    for (Picture.Said said : picture.said(question, zone)) {
      Statement statement = said.statement();
      if (statement.kind().isFinal()) {
        answers.computeIfAbsent(statement, _ -> new ArrayList<>()).add(said.server());
      } else if (statement.kind() == Statement.Kind.REFERRAL) {
        referrals
            .computeIfAbsent(statement.text(), _ -> new LinkedHashMap<>())
            .computeIfAbsent(statement, _ -> new ArrayList<>())
            .add(said.server());
      }
    }
    boolean serials = question.type().equals(RecordType.SOA);
    reportDisagreement(
        zone, "servers disagree about the " + (serials ? "serial" : "answer"), answers);
    for (Map<Statement, List<String>> sets : referrals.values()) {
      reportDisagreement(
          zone, "servers disagree: each " + sets.keySet().iterator().next().text(), sets);
    }
  }

  private void reportDisagreement(Name zone, String what, Map<Statement, List<String>> groups) {
    if (groups.size() > 1) {
      List<String> parts = new ArrayList<>();
      groups.forEach((statement, servers) ->
          parts.add(String.join(" and ", servers) + " " + inFull(statement)));
      report(zone, what + ": " + String.join("; ", parts));
    }
  }

  private static String inFull(Statement statement) {
    String records = String.join(", ", statement.records());
    return switch (statement.kind()) {
      case REFERRAL -> "to " + records;
      case ANSWER -> "says " + records;
      default -> statement.text();
    };
  }

  private void checkDelegation(Name zone) {
    checkOwnServers(zone);
    for (Name host : picture.hosts(zone)) {
      checkGlue(zone, host);
      checkHost(zone, host);
    }
    picture.hosts(zone).stream()
        .map(host -> new DelegationLoop(picture).from(host))
        // A host that needs only itself lacks glue, and that has been said.
        .filter(loop -> loop.size() > 2)
        .findFirst()
        .ifPresent(
            loop -> report(zone, "nobody can find its servers: " + String.join(" needs ", loop)));
  }

  /** The zone's own list of its servers, beside that of its parent. */
  private void checkOwnServers(Name zone) {
    Set<String> parents = new TreeSet<>();
    picture.referrals(zone).forEach(one -> parents.addAll(Picture.hostsIn(one, zone)));
    Set<String> own = new TreeSet<>();
    Map<Statement, List<String>> lists = new LinkedHashMap<>();
    for (Picture.Said said : picture.ownServers(zone)) {
      own.addAll(Picture.hostsIn(said.exchange(), zone));
      lists.computeIfAbsent(said.statement(), _ -> new ArrayList<>()).add(said.server());
    }
    reportDisagreement(zone, "servers disagree about the zone's servers", lists);
    if (!parents.isEmpty() && !own.isEmpty()) {
      reportOnly(zone, "only the parent names ", parents, own);
      reportOnly(zone, "only the zone itself names ", own, parents);
    }
  }

  private void reportOnly(Name zone, String what, Set<String> some, Set<String> others) {
    Set<String> only = new TreeSet<>(some);
    only.removeAll(others);
    if (!only.isEmpty()) {
      report(zone, what + String.join(", ", only));
    }
  }

  private void checkGlue(Name zone, Name host) {
    Set<String> glue = new TreeSet<>();
    boolean named = false;
    for (Exchange referral : picture.referrals(zone)) {
      named |= Picture.hostsIn(referral, zone).contains(host.toString());
      glue.addAll(Picture.addressesIn(referral, host));
    }
    Set<String> own = new TreeSet<>();
    List<Exchange> lookups = picture.lookups(host);
    lookups.forEach(lookup -> own.addAll(Picture.addressesIn(lookup, host)));
    if (!glue.isEmpty() && !own.isEmpty()) {
      if (!glue.equals(own)) {
        report(
            zone,
            "the glue of %s is %s, but its address is %s"
                .formatted(host, String.join(", ", glue), String.join(", ", own)));
      }
    } else if (named && glue.isEmpty() && host.isWithin(zone)) {
      if (!own.isEmpty() || lookups.isEmpty()) {
        report(
            zone,
            "missing glue: the parent gives no " + (ipv6 ? "" : "IPv4 ") + "address of " + host);
      }
    }
  }

  /** The name of a server must exist, with an address, and be no alias (RFC 2181, 10.3). */
  private void checkHost(Name zone, Name host) {
    List<Exchange> lookups = picture.lookups(host);
    if (lookups.stream().anyMatch(one -> one.has(Event.Special.class))) {
      report(zone, "the server name " + host + " is none of DNS");
    } else if (lookups.stream().anyMatch(one -> one.has(Event.NoSuchName.class))) {
      report(zone, "the server name " + host + " does not exist");
    } else if (lookups.stream().anyMatch(one -> one.has(Event.Alias.class))) {
      report(zone, "the server name " + host + " is an alias");
    } else if (ipv6 && !lookups.isEmpty() && picture.addresses(host).isEmpty()) {
      report(zone, "the server name " + host + " has no address");
    }
  }

  /** Follows the aliases from a name until they end or come back to a name. */
  private void checkAlias(Question question) {
    List<Name> chain = new ArrayList<>();
    Optional<Name> next = Optional.of(question.name());
    while (next.isPresent() && !chain.contains(next.get())) {
      chain.add(next.get());
      next = picture.targets(new Question(next.get(), question.type())).findFirst();
    }
    if (next.equals(Optional.of(question.name())) && inCircles.addAll(chain)) {
      chain.add(question.name());
      report(
          picture.zones(question).getLast(),
          "aliases go round in a circle: "
              + String.join(" > ", chain.stream().map(Name::toString).toList()));
    }
  }
}
