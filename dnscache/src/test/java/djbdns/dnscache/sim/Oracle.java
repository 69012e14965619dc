package djbdns.dnscache.sim;

import djbdns.dnscache.resolve.policy.ResolverLimits;
import djbdns.wire.Name;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Knows what is true, from the zones themselves: nobody is asked over the network. Each change of a
 * zone starts a new epoch; what was true in an earlier one may still come from the cache, for as
 * long as its TTL.
 */
final class Oracle {
  /** Aliases that a resolver must follow if all else is well. */
  private static final int EASY_ALIASES = 4;

  /** Real seconds that may pass between a server's reply and an answer made of it. */
  static final long SLACK_SECONDS = 12;

  /** What holds of one name and type. */
  sealed interface Truth {
    /** A zone's word. */
    record Known(Outcome outcome, Site site) implements Truth {}

    /** Its owner may say of it what he likes. */
    record Anything() implements Truth {}

    /** Nobody serves it. */
    record Nothing() implements Truth {}
  }

  /** Says whether a site's word about a name can be had. */
  @FunctionalInterface
  private interface Judge {
    boolean answers(Site site, Name name, int type, Outcome outcome);
  }

  private final Internet internet;

  /**
   * When each epoch but the current one ended, in Unix seconds; where a zone was taken from its
   * servers, when the last of its referrals did.
   */
  private final List<Long> ends = new ArrayList<>();

  /** Names that a server says do not exist, because they had not the type of a question. */
  private final Set<Name> denied = new HashSet<>();

  Oracle(Internet internet) {
    this.internet = internet;
  }

  /** Ends an epoch: call before a change, with the zone that changes. */
  void beforeChange(SimZone zone) {
    beforeWithdrawal(zone, 0);
  }

  /**
   * Ends an epoch: call before a delegation is taken out of its zone. Those who have the referral
   * still ask the old servers, but not a second longer than it lives (CVE-2012-1191).
   */
  void beforeWithdrawal(SimZone parent, long referralSeconds) {
    parent.keep(ends.size());
    ends.add(internet.clock().unixSeconds() + referralSeconds);
  }

  /** A client asks: what it is told may hold for others as well. */
  void asked(Name name, int type) {
    Name at = name;
    for (int aliases = 0; aliases <= ResolverLimits.ALIASES; aliases++) {
      switch (truth(at, type)) {
        case Truth.Known(Outcome.Alias(Name target, var cname, var dname), Site site) ->
            at = target;
        case Truth.Known(Outcome.NoData(Records soa, boolean hollow), Site site)
            when deniesMissingTypes(site) -> {
          denied.add(at);
          return;
        }
        case Truth.Known(var any, Site site) -> {
          return;
        }
        case Truth.Anything(), Truth.Nothing() -> {
          return;
        }
      }
    }
  }

  private static boolean deniesMissingTypes(Site site) {
    return site.has(new Behaviour.Odd(new Oddity.DenyingMissingTypes()));
  }

  /**
   * True if a server of a site denies names that have not the type of a question.
   *
   * @param hollow whether the name is there only because others are below it
   */
  static boolean mayDeny(Site site, boolean hollow) {
    return deniesMissingTypes(site) || (hollow && site.has(new Behaviour.DenyingHollowNames()));
  }

  /** The site that is cut off at a name: it may deny what its parent, too, has a say in. */
  Optional<Site> siteBelow(Name cut) {
    return internet.site(cut);
  }

  /** True if a resolver has reason to believe that a name does not exist, which does. */
  boolean wasDenied(Name name) {
    Site site = internet.siteOf(name);
    if (!deniesMissingTypes(site)) {
      return false;
    }
    boolean ofServer = site.servers().stream().anyMatch(server -> server.name().equals(name));
    return ofServer || denied.stream().anyMatch(name::isWithin);
  }

  /** True if all who know anything of a name may say NOERROR and nothing else, whatever is true. */
  boolean mayGetShrug(Name name, boolean mustAnswer) {
    Behaviour shrugging = new Behaviour.Lame(Behaviour.Excuse.EMPTY);
    for (Optional<Site> at = Optional.of(internet.siteOf(name));
        at.isPresent();
        at = at.get().parent()) {
      if (at.get().has(shrugging) && !mustAnswer) {
        return true;
      }
    }
    return false;
  }

  /** What is true now. */
  Truth truth(Name name, int type) {
    return truth(ends.size(), name, type);
  }

  private Truth truth(int epoch, Name name, int type) {
    Site site = internet.root();
    if (type == Records.DS && internet.site(name).map(own -> !own.isTrusted()).orElse(false)) {
      // The parent's word counts, but a liar's alias to his own zone may speak for it.
      return new Truth.Anything();
    }
    while (true) {
      if (!site.isTrusted()) {
        return new Truth.Anything();
      }
      Outcome outcome = site.zone().find(epoch, name, type);
      if (!(outcome instanceof Outcome.Delegated(Records servers))) {
        return new Truth.Known(outcome, site);
      }
      Optional<Site> next = internet.site(servers.owner());
      if (next.isEmpty()) {
        return new Truth.Nothing();
      }
      site = next.get();
    }
  }

  /** What is true now, and what was and may still be in a cache. */
  List<Truth> truths(Name name, int type) {
    List<Truth> truths = new ArrayList<>();
    truths.add(truth(name, type));
    for (int epoch = ends.size() - 1; epoch >= 0; epoch--) {
      Truth then = truth(epoch, name, type);
      if (internet.clock().unixSeconds() <= ends.get(epoch) + lifeSeconds(then) + SLACK_SECONDS) {
        truths.add(then);
      }
    }
    return truths;
  }

  /** How long a truth may be remembered. */
  private static long lifeSeconds(Truth truth) {
    return switch (truth) {
      case Truth.Known(Outcome.Found(Records records), Site site) -> ttlSeconds(records);
      case Truth.Known(Outcome.Alias(Name target, Records cname, var dname), Site site) ->
          ttlSeconds(cname);
      case Truth.Known(Outcome.NoData(Records soa, boolean hollow), Site site) -> ttlSeconds(soa);
      case Truth.Known(Outcome.NoName(Records soa), Site site) -> ttlSeconds(soa);
      case Truth.Known(Outcome.Delegated(Records servers), Site site) -> ttlSeconds(servers);
      case Truth.Anything() -> ResolverLimits.MAX_TTL_SECONDS;
      case Truth.Nothing() -> 0;
    };
  }

  /** A TTL as a resolver has to take it (RFC 2181, 8). */
  static long ttlSeconds(Records records) {
    return records.ttlSeconds() > Integer.MAX_VALUE ? 0 : records.ttlSeconds();
  }

  /**
   * True if nothing excuses a failure to answer.
   *
   * @param askedNs when it was asked
   */
  boolean mustAnswer(Name name, int type, long askedNs) {
    // Where a file names a zone, its servers are asked for DS records too, and may know nothing of
    // it.
    boolean ofFile =
        type == Records.DS
            && internet.site(name).filter(site -> !site.forwarders().isEmpty()).isPresent();
    return internet.calm()
        && !ofFile
        && isAnswerable(name, type, new Possibility(askedNs)::answers);
  }

  /** True if servers do reply at once, only never in a way that is of any use. */
  boolean mustFailFast(Name name, int type) {
    return internet.calm()
        && truths(name, type).stream()
            .allMatch(truth ->
                truth instanceof Truth.Known(Outcome any, Site site)
                    && site.isWayHealthy()
                    && site.hasOnly(new Behaviour.Odd(new Oddity.Questionless())));
  }

  /** True if a good resolver would find the answer, with a little luck. */
  boolean mayAnswer(Name name, int type) {
    return isAnswerable(name, type, (site, _, _, _) -> site.isReachable());
  }

  private boolean isAnswerable(Name name, int type, Judge judge) {
    Name at = name;
    for (int aliases = 0; aliases <= EASY_ALIASES; aliases++) {
      // Who still knows of servers that are gone may ask them in vain.
      List<Truth> truths = truths(at, type);
      if (!allMatch(truths, at, type, judge) || truths.stream().skip(1).anyMatch(Oracle::isAlias)) {
        return false;
      }
      if (!(truths.getFirst()
          instanceof Truth.Known(Outcome.Alias(Name target, var cname, var dname), var site))) {
        return true;
      }
      at = target;
    }
    return false;
  }

  private static boolean allMatch(List<Truth> truths, Name name, int type, Judge judge) {
    return truths.stream()
        .allMatch(truth ->
            truth instanceof Truth.Known(Outcome outcome, Site site)
                && judge.answers(site, name, type, outcome));
  }

  private static boolean isAlias(Truth truth) {
    return truth instanceof Truth.Known(Outcome.Alias alias, var site);
  }
}
