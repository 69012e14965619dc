package djbdns.dnscache.sim;

import djbdns.wire.Header;
import djbdns.wire.Name;
import djbdns.wire.Question;
import djbdns.wire.Rcode;
import djbdns.wire.Section;
import java.util.Map;
import java.util.Optional;

/** The algorithm of RFC 1034, 4.3.2, over the zones of one server. */
final class Authority {
  /** Aliases that a server follows within its own zones. */
  private static final int ALIASES = 8;

  private final Map<Name, SimZone> zones;
  private final ReplyComposer reply;
  private final Optional<Habit> habit;

  /** Where a server departs from the algorithm. */
  enum Habit {
    /** Empty non-terminals are said not to exist. */
    DENIES_HOLLOW_NAMES,
    /** As {@link Oddity.DenyingMissingTypes}. */
    DENIES_MISSING_TYPES,
    /** As {@link Oddity.BareDenying}. */
    DENIES_BARELY,
    /** As {@link Oddity.HidingDname}. */
    HIDES_DNAME
  }

  Authority(Map<Name, SimZone> zones, ReplyComposer reply, Optional<Habit> habit) {
    this.zones = zones;
    this.reply = reply;
    this.habit = habit;
  }

  private boolean has(Habit wanted) {
    return habit.equals(Optional.of(wanted));
  }

  /** What the zones say of a question; empty if none of them has its name. */
  Optional<Outcome> outcome(Question question) {
    int type = question.type().code();
    return closest(question.name(), type).map(zone -> zone.find(question.name(), type));
  }

  void answer(Question question) {
    int type = question.type().code();
    Optional<SimZone> zone = closest(question.name(), type);
    if (zone.isEmpty()) {
      reply.rcode(Rcode.REFUSED);
      return;
    }
    answer(zone.get(), question.name(), type, 0);
  }

  /** The zone that is closest to a name; of a DS record, above the name (RFC 4035, 3.1.4.1). */
  private Optional<SimZone> closest(Name name, int type) {
    boolean above = type == Records.DS && !name.isRoot() && zones.containsKey(name);
    for (Name at = above ? name.parent() : name; ; at = at.parent()) {
      SimZone zone = zones.get(at);
      if (zone != null) {
        return Optional.of(zone);
      }
      if (at.isRoot()) {
        return above ? Optional.of(zones.get(name)) : Optional.empty();
      }
    }
  }

  private void answer(SimZone zone, Name name, int type, int aliases) {
    switch (zone.find(name, type)) {
      case Outcome.Found(Records records) -> {
        reply.flag(Header.AA);
        reply.add(Section.ANSWER, records);
        if (type == Records.NS) {
          addGlue(zone, records);
        }
      }
      case Outcome.Alias(Name target, Records cname, Optional<Records> dname) -> {
        reply.flag(Header.AA);
        if (!has(Habit.HIDES_DNAME)) {
          dname.ifPresent(records -> reply.add(Section.ANSWER, records));
        }
        reply.add(Section.ANSWER, cname);
        follow(target, type, aliases + 1);
      }
      case Outcome.Delegated(Records servers) -> {
        // Behind an alias a referral would only confuse: the chain is enough.
        if (aliases == 0) {
          refer(zone, servers);
        }
      }
      case Outcome.NoData(Records soa, boolean hollow) -> denyType(soa, hollow);
      case Outcome.NoName(Records soa) -> deny(soa, Rcode.NXDOMAIN);
    }
  }

  private void follow(Name target, int type, int aliases) {
    Optional<SimZone> next = closest(target, type);
    if (aliases < ALIASES && next.isPresent()) {
      answer(next.get(), target, type, aliases);
    }
  }

  private void denyType(Records soa, boolean hollow) {
    boolean deniesName =
        has(Habit.DENIES_MISSING_TYPES) || (hollow && has(Habit.DENIES_HOLLOW_NAMES));
    if (!has(Habit.DENIES_BARELY)) {
      deny(soa, deniesName ? Rcode.NXDOMAIN : Rcode.NOERROR);
    }
  }

  private void deny(Records soa, Rcode rcode) {
    reply.flag(Header.AA);
    reply.rcode(rcode);
    reply.add(Section.AUTHORITY, soa);
  }

  /** What a priming query is after (RFC 9609). */
  private void addGlue(SimZone zone, Records servers) {
    for (Name server : servers.targets()) {
      zone.glueOf(server).forEach(address -> reply.addIfFits(Section.ADDITIONAL, address));
    }
  }

  private void refer(SimZone zone, Records servers) {
    reply.add(Section.AUTHORITY, servers);
    for (Name server : servers.targets()) {
      for (Records address : zone.glueOf(server)) {
        // Glue below the cut must not be left out silently (RFC 9471).
        if (server.isWithin(servers.owner())) {
          reply.add(Section.ADDITIONAL, address);
        } else {
          reply.addIfFits(Section.ADDITIONAL, address);
        }
      }
    }
  }
}
