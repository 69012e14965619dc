package djbdns.dnscache.sim;

import djbdns.dnscache.cache.RecordData;
import djbdns.dnscache.resolve.Answer;
import djbdns.dnscache.resolve.reply.Rrset;
import djbdns.wire.Name;
import djbdns.wire.Rcode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Compares an answer with the truth, record by record along the chain of aliases. */
final class AnswerCheck {
  /** Longer than any chain that an answer may have. */
  private static final int MOST_ALIASES = 20;

  private final Oracle oracle;
  private final Answer answer;
  private final int type;
  private final long unixSeconds;
  private final boolean mustAnswer;
  private int next;

  /**
   * A check of one answer.
   *
   * @param unixSeconds when it was looked at
   * @param mustAnswer whether nothing excuses SERVFAIL
   */
  AnswerCheck(Oracle oracle, Answer answer, int type, long unixSeconds, boolean mustAnswer) {
    this.mustAnswer = mustAnswer;
    this.oracle = oracle;
    this.answer = answer;
    this.type = type;
    this.unixSeconds = unixSeconds;
  }

  /** True if the answer is right; what is wrong with it otherwise. */
  Optional<String> problem(Name name) {
    if (answer.rcode().equals(Rcode.SERVFAIL)) {
      return mustAnswer
          ? Optional.of("SERVFAIL, and no excuse " + answer.extendedError())
          : Optional.empty();
    }
    Name at = name.lowerCase();
    Set<Name> visited = new HashSet<>();
    for (int aliases = 0; aliases < MOST_ALIASES; aliases++) {
      Optional<Name> target = Optional.empty();
      boolean ends = false;
      for (Oracle.Truth truth : oracle.truths(at, type)) {
        int before = next;
        target = follow(truth, at);
        next = target.isPresent() ? next : before;
        ends = target.isEmpty() && endsWith(truth, at);
        if (target.isPresent() || ends) {
          break;
        }
        next = before;
      }
      if (ends || (target.isEmpty() && isEmptyHanded(at))) {
        return Optional.empty();
      }
      if (target.isEmpty()) {
        return Optional.of("at " + at + ": " + describe() + " but " + oracle.truths(at, type));
      }
      visited.add(at);
      at = target.get();
      if (isLoopTold(visited, at)) {
        return Optional.empty();
      }
    }
    return Optional.of("endless");
  }

  /** Aliases that lead in a circle are told once each, which is all there is to say. */
  private boolean isLoopTold(Set<Name> visited, Name at) {
    return !hasNext() && answer.rcode().equals(Rcode.NOERROR) && visited.contains(at);
  }

  /** Where servers only shrug, no data is the best that can be said. */
  private boolean isEmptyHanded(Name at) {
    return !hasNext()
        && answer.rcode().equals(Rcode.NOERROR)
        && answer.soa().isEmpty()
        && oracle.mayGetShrug(at, mustAnswer);
  }

  /** Where the next records lead to, if they are the alias that is true. */
  private Optional<Name> follow(Oracle.Truth truth, Name at) {
    return switch (truth) {
      case Oracle.Truth.Anything() -> anyAlias(at);
      case Oracle.Truth.Known(
              Outcome.Alias(Name target, Records cname, Optional<Records> dname),
              Site site) -> {
        dname.ifPresent(this::skip);
        yield takes(cname) && type != Records.CNAME ? Optional.of(target) : Optional.empty();
      }
      case Oracle.Truth.Known(var outcome, var site) -> Optional.empty();
      case Oracle.Truth.Nothing() -> Optional.empty();
    };
  }

  /** The liar's own alias, whatever it is. */
  private Optional<Name> anyAlias(Name at) {
    skipDnames(at);
    if (type != Records.CNAME
        && hasNext()
        && peek().owner().equals(at)
        && peek().type() == Records.CNAME) {
      Name target = peek().firstName();
      next++;
      return Optional.of(target);
    }
    return Optional.empty();
  }

  private void skipDnames(Name at) {
    while (hasNext() && peek().type() == Records.DNAME && at.isWithin(peek().owner())) {
      next++;
    }
  }

  private boolean endsWith(Oracle.Truth truth, Name at) {
    return switch (truth) {
      case Oracle.Truth.Anything() -> {
        skipDnames(at);
        if (hasNext() && peek().owner().equals(at)) {
          next++;
        }
        yield !hasNext();
      }
      case Oracle.Truth.Known(Outcome.Found(Records records), Site site) ->
          isDenied(at, site)
              || (takes(records) && !hasNext() && answer.rcode().equals(Rcode.NOERROR));
      case Oracle.Truth.Known(Outcome.NoData(Records soa, boolean hollow), Site site) ->
          !hasNext() && ((denies(site, hollow) && soaIsOf(site)) || isDeniedBelow(at));
      case Oracle.Truth.Known(Outcome.NoName(Records soa), Site site) ->
          !hasNext() && answer.rcode().equals(Rcode.NXDOMAIN) && soaIsOf(site);
      // The CNAME record that a DNAME record implies is an answer to who asks for one.
      case Oracle.Truth.Known(
              Outcome.Alias(Name target, Records cname, Optional<Records> dname),
              Site site) -> {
        dname.ifPresent(this::skip);
        yield type == Records.CNAME && takes(cname) && !hasNext();
      }
      case Oracle.Truth.Known(Outcome.Delegated(Records servers), Site site) -> false;
      case Oracle.Truth.Nothing() -> false;
    };
  }

  /**
   * A server that denies a name for want of one type has done so to a question for that name, and
   * not to one for a name below it: then there is no such name for other types either.
   */
  private boolean isDenied(Name at, Site site) {
    return !hasNext()
        && answer.rcode().equals(Rcode.NXDOMAIN)
        && soaIsOf(site)
        && oracle.wasDenied(at);
  }

  /** Some servers deny what is only implied, and the resolver may believe them. */
  private boolean denies(Site site, boolean hollow) {
    return answer.rcode().equals(Rcode.NOERROR)
        || (Oracle.mayDeny(site, hollow) && answer.rcode().equals(Rcode.NXDOMAIN));
  }

  /**
   * A zone's server may have denied the zone's own name, and so all types, the parent's as well.
   */
  private boolean isDeniedBelow(Name at) {
    return type == Records.DS
        && answer.rcode().equals(Rcode.NXDOMAIN)
        && oracle
            .siteBelow(at)
            .filter(child -> Oracle.mayDeny(child, true) && soaIsOf(child))
            .isPresent();
  }

  private boolean soaIsOf(Site site) {
    return answer.soa().map(soa -> soa.owner().equals(site.apex())).orElse(true);
  }

  private boolean hasNext() {
    return next < answer.records().size();
  }

  private Rrset peek() {
    return answer.records().get(next);
  }

  private void skip(Records records) {
    takes(records);
  }

  /** Goes on to the next record set if this one is as it has to be. */
  private boolean takes(Records records) {
    if (!hasNext()
        || !peek().owner().equals(records.owner())
        || peek().type() != records.type()
        || peek().ttlAt(unixSeconds) > Oracle.ttlSeconds(records)
        || !records.sameData(data(peek()))) {
      return false;
    }
    next++;
    return true;
  }

  private static List<byte[]> data(Rrset set) {
    List<byte[]> data = new ArrayList<>();
    byte[] bytes = set.data();
    for (int at = 0; at < bytes.length; at = RecordData.next(bytes, at)) {
      int start = RecordData.start(at);
      data.add(Arrays.copyOfRange(bytes, start, start + RecordData.length(bytes, at)));
    }
    return data;
  }

  private String describe() {
    StringBuilder text = new StringBuilder(answer.rcode().toString());
    for (Rrset set : answer.records()) {
      text.append("\n  ")
          .append(set.owner() + " " + set.type() + " " + set.ttlAt(unixSeconds))
          .append(data(set).stream().map(Arrays::toString).toList());
    }
    return text + " soa " + answer.soa();
  }
}
