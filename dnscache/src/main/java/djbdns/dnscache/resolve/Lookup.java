package djbdns.dnscache.resolve;

import djbdns.client.ServerAddress;
import djbdns.dnscache.cache.CacheEntry;
import djbdns.dnscache.cache.EntryType;
import djbdns.dnscache.cache.Kind;
import djbdns.dnscache.resolve.policy.ConfiguredZone;
import djbdns.dnscache.resolve.policy.ResolverLimits;
import djbdns.dnscache.resolve.reply.Aliases;
import djbdns.dnscache.resolve.reply.Delegation;
import djbdns.dnscache.resolve.reply.Reply;
import djbdns.dnscache.resolve.reply.Rrset;
import djbdns.dnscache.resolve.servers.ServerList;
import djbdns.dnscache.resolve.servers.ZoneQuestion;
import djbdns.wire.Name;
import djbdns.wire.Rcode;
import djbdns.wire.RecordType;
import djbdns.wire.message.ExtendedError;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Finds the records of one name and type: what a client asked for, or the address of a server that
 * is needed for that. Says what it needs next and is told what came of it; sends nothing itself.
 *
 * <p>The way is that of RFC 1034, 5.3.3: what the cache has; else the closest zone that somebody is
 * known to serve; a question to its servers with as much of the name as they need; a referral, and
 * so on; an alias, and from the start with its target.
 */
final class Lookup {
  private static final int A = RecordType.A.code();
  private static final int CNAME = RecordType.CNAME.code();
  private static final int DNAME = RecordType.DNAME.code();
  private static final int DS = RecordType.DS.code();

  /** The next step of a lookup. */
  sealed interface Need {
    /** The outcome of a fetch, for {@link #onOutcome}. */
    record Ask(
        Fetch.Key key,
        Delegation zone,
        ServerList servers,
        List<Fetch.Sent> sent,
        boolean capped,
        Fetch.Patience patience)
        implements Need {}

    /**
     * The addresses of a server, for {@link #onAddresses}.
     *
     * @param last whether there is no other server to look up instead
     */
    record Addresses(Name server, int type, boolean last) implements Need {}

    /** The outcome of an earlier fetch, which may still come. */
    record LateReply() implements Need {}

    /** Nothing: it has ended. */
    record Nothing(Answer answer) implements Need {}
  }

  private final Resolver resolver;
  private final Core core;
  private final Query query;
  private final int type;
  private final int depth;
  private final Name wanted;
  private final List<Rrset> records = new ArrayList<>();

  /** The name to which the aliases have led so far. */
  private Name name;

  private int aliases;
  private Optional<ZoneServers> zone = Optional.empty();

  /** Bytes that are charged for the zone, and for all of this lookup. */
  private long zoneBytes;

  private long heldBytes;
  private Minimiser minimiser = new Minimiser();

  /** Configured zones whose caches have failed, so that others are asked (FORWARD_FIRST). */
  private final Set<Name> failedCaches = new HashSet<>();

  /** Zones whose parents are asked again, and the addresses that have failed in each. */
  private final Map<Name, Set<ServerAddress>> renewed = new HashMap<>(0);

  /** The zone whose parent is being asked again. */
  private Optional<Name> renewing = Optional.empty();

  /** The outcome for a part of the name, while the whole is being asked about. */
  private PartOutcome part = PartOutcome.NONE;

  /** The last question: the name, or as much of it as the servers were told. */
  private Name asked;

  private Optional<Answer> answer = Optional.empty();

  /** The outcome of the last question about a part of the name, if it was of no use. */
  private enum PartOutcome {
    NONE,
    SILENCE,
    DENIAL
  }

  /**
   * A lookup that has not begun.
   *
   * @param query pays for it
   * @param depth 0 for a client's question, 1 for the address of a server that it needs, and so on
   */
  Lookup(Resolver resolver, Core core, Query query, Name wanted, int type, int depth) {
    this.resolver = resolver;
    this.core = core;
    this.query = query;
    this.wanted = wanted;
    this.type = type;
    this.depth = depth;
    name = wanted;
    asked = wanted;
  }

  boolean isFor(Name otherName, int otherType) {
    return type == otherType && wanted.equals(otherName);
  }

  Name wanted() {
    return wanted;
  }

  int type() {
    return type;
  }

  int depth() {
    return depth;
  }

  /** Gives back what is charged for this lookup: it is over. */
  void release() {
    endRenewal();
    query.hold(-heldBytes - zoneBytes);
  }

  private void endRenewal() {
    renewing.ifPresent(core.zones()::renewalEnded);
    renewing = Optional.empty();
  }

  /** The next step; nothing if the query cannot pay for it and has ended. */
  Need next() {
    while (answer.isEmpty()) {
      if (zone.isEmpty()) {
        if (!isAnsweredFromMemory()) {
          enterClosestZone();
        }
        continue;
      }
      ZoneServers servers = zone.get();
      if (servers.hasCandidates()) {
        return ask(servers);
      }
      Optional<Need.Addresses> addresses = servers.nextServerWithoutAddress(query, depth);
      if (addresses.isPresent()) {
        return addresses.get();
      }
      if (servers.hasCandidates() || servers.useAliases()) {
        continue;
      }
      if (servers.mayReplyLate() && !servers.mayIterateInstead()) {
        return new Need.LateReply();
      }
      giveUpZone(servers);
    }
    return new Need.Nothing(answer.get());
  }

  /** Takes from the cache what is there, alias after alias; true if that ends the lookup. */
  private boolean isAnsweredFromMemory() {
    Optional<CacheEntry> found = core.memory().find(name, type);
    while (found.isPresent()) {
      CacheEntry entry = found.get();
      if (!takeFromMemory(entry)) {
        return true;
      }
      found = core.memory().find(name, type);
    }
    return answer.isPresent() || isRedirectedFromMemory();
  }

  /** True if it was an alias, so that the lookup goes on. */
  private boolean takeFromMemory(CacheEntry entry) {
    switch (entry.kind()) {
      case RECORDS -> {
        Rrset found = Memory.recordsOf(entry, name);
        if (found.type() == type) {
          core.log().cached(type, name);
          records.add(found);
          end(Rcode.NOERROR, Optional.empty());
          return false;
        }
        core.log().cachedCname(name, found.firstName());
        return follow(List.of(found), found.firstName());
      }
      case NODATA -> {
        core.log().cached(type, name);
        end(Rcode.NOERROR, Memory.soaOf(entry));
      }
      case NXDOMAIN -> {
        core.log().cachedNxdomain(name);
        end(Rcode.NXDOMAIN, Memory.soaOf(entry));
      }
      case FAILURE -> fail(ExtendedError.CACHED_ERROR);
      case DELEGATION -> throw new IllegalStateException("a delegation is no answer");
    }
    return false;
  }

  /** True if a DNAME record in the cache makes an alias of the name (RFC 6672). */
  private boolean isRedirectedFromMemory() {
    Name ancestor = name;
    while (!ancestor.isRoot()) {
      ancestor = ancestor.parent();
      Optional<Rrset> dname = core.memory().records(ancestor, DNAME);
      if (dname.isPresent()) {
        Optional<Rrset> alias = Aliases.synthesise(name, dname.get());
        if (alias.isEmpty()) {
          if (add(List.of(dname.get()))) {
            end(Rcode.YXDOMAIN, Optional.empty());
          }
          return true;
        }
        core.log().cachedCname(name, alias.get().firstName());
        List<Rrset> chain = List.of(dname.get(), alias.get());
        if (type == CNAME) {
          records.addAll(chain);
          end(Rcode.NOERROR, Optional.empty());
        } else {
          follow(chain, alias.get().firstName());
        }
        return true;
      }
    }
    return false;
  }

  /** Adds aliases and goes on with their target, unless they are too many or lead back. */
  private boolean follow(List<Rrset> chain, Name target) {
    if (!add(chain)) {
      return false;
    }
    if (isOnTheWay(target) || isEndless(chain)) {
      endLoop();
      return false;
    }
    name = target;
    minimiser = new Minimiser();
    part = PartOutcome.NONE;
    failedCaches.clear();
    renewed.clear();
    leaveZone();
    return true;
  }

  /** Aliases lead back to one of them: that is all there is to say. */
  private void endLoop() {
    answer =
        Optional.of(
            new Answer(
                Rcode.NOERROR, records, Optional.empty(), OptionalInt.of(ExtendedError.OTHER)));
  }

  private void leaveZone() {
    zone = Optional.empty();
    query.hold(-zoneBytes);
    zoneBytes = 0;
  }

  /** Adds records to the answer, unless there are too many aliases among them. */
  private boolean add(List<Rrset> chain) {
    long bytes = Held.records(chain);
    heldBytes += bytes;
    if (!query.hold(bytes)) {
      fail(ExtendedError.OTHER);
      return false;
    }
    for (Rrset link : chain) {
      aliases += link.type() == CNAME ? 1 : 0;
      if (link.type() != DNAME || !hasRecords(link.owner(), DNAME)) {
        records.add(link);
      }
    }
    // A server's name should not be an alias (RFC 2181, 10.3).
    int most = depth > 0 ? ResolverLimits.SERVER_ALIASES : core.bounds().aliases();
    if (aliases > most) {
      fail(ExtendedError.OTHER);
      return false;
    }
    return true;
  }

  private boolean hasRecords(Name owner, int recordType) {
    for (Rrset set : records) {
      if (set.type() == recordType && set.owner().equals(owner)) {
        return true;
      }
    }
    return false;
  }

  /** True if a name that a DNAME record redirects is below that record again, and so for ever. */
  private static boolean isEndless(List<Rrset> chain) {
    for (Rrset link : chain) {
      if (link.type() == DNAME && link.firstName().isWithin(link.owner())) {
        return true;
      }
    }
    return false;
  }

  private boolean isOnTheWay(Name target) {
    return hasRecords(target, CNAME);
  }

  private void enterClosestZone() {
    Optional<ConfiguredZone> configured = closestConfiguredZone();
    if (configured.map(ConfiguredZone::isUnserved).orElse(core.config().forwardOnly())) {
      fail(ExtendedError.NO_REACHABLE_AUTHORITY);
      return;
    }
    if (configured.isPresent() && isForwarder(configured.get())) {
      boolean first = configured.get().mode() == ConfiguredZone.Mode.FORWARD_FIRST;
      ZoneServers.Source source =
          first ? ZoneServers.Source.CACHES_FIRST : ZoneServers.Source.CACHES;
      enter(ZoneServers.configured(resolver, core, configured.get(), source));
      return;
    }
    // The zone above answers for DS records (RFC 4035, 3.1.4.1), but has no say in what a file
    // names.
    boolean isNamed = configured.isPresent() && configured.get().name().equals(name);
    Name ancestor = type == DS && !name.isRoot() && !isNamed ? name.parent() : name;
    while (true) {
      if (configured.isPresent() && configured.get().name().equals(ancestor)) {
        enter(ZoneServers.configured(resolver, core, configured.get(), ZoneServers.Source.FILE));
        return;
      }
      if (!renewed.containsKey(ancestor) && enterFromMemory(ancestor)) {
        return;
      }
      if (ancestor.isRoot()) {
        enter(delegated(resolver.roots().delegation(), ZoneServers.Source.ROOT));
        return;
      }
      ancestor = ancestor.parent();
    }
  }

  /** Enters a zone that a parent once said is served somewhere; false if none did. */
  private boolean enterFromMemory(Name ancestor) {
    long bytes = core.memory().delegationHeldBytes(ancestor);
    if (bytes < 0) {
      return false;
    }
    // Charged before it is read: it may be the largest thing that a question holds.
    zoneBytes = bytes;
    if (!query.hold(bytes)) {
      fail(ExtendedError.OTHER);
      return true;
    }
    Optional<Delegation> known = core.memory().delegation(ancestor);
    if (known.isEmpty()) {
      leaveZone();
      return false;
    }
    logCached(known.get());
    enter(delegated(known.get(), ZoneServers.Source.MEMORY));
    return true;
  }

  private ZoneServers delegated(Delegation delegation, ZoneServers.Source source) {
    Set<ServerAddress> failed = renewed.getOrDefault(delegation.zone(), Set.of());
    return new ZoneServers(resolver, core, delegation, source, failed);
  }

  private Optional<ConfiguredZone> closestConfiguredZone() {
    Optional<ConfiguredZone> configured = resolver.zones().closest(name);
    while (configured.isPresent() && failedCaches.contains(configured.get().name())) {
      Name failed = configured.get().name();
      configured = failed.isRoot() ? Optional.empty() : resolver.zones().closest(failed.parent());
    }
    return configured;
  }

  private boolean isForwarder(ConfiguredZone configured) {
    return core.config().forwardOnly() || configured.mode() != ConfiguredZone.Mode.ITERATE;
  }

  private void logCached(Delegation delegation) {
    for (Delegation.NameServer server : delegation.servers()) {
      core.log().cachedNs(delegation.zone(), server.name());
    }
  }

  private void enter(ZoneServers servers) {
    zone = Optional.of(servers);
    long change = servers.heldBytes() - zoneBytes;
    zoneBytes += change;
    if (!query.hold(change)) {
      fail(ExtendedError.OTHER);
    }
  }

  private Need ask(ZoneServers servers) {
    asked = isToldWhole(servers) ? name : nextQuestion(servers);
    int askedType = isMinimised() ? A : type;
    Fetch.Purpose purpose =
        servers.isForwarding() ? Fetch.Purpose.FORWARDING : Fetch.Purpose.ITERATION;
    Fetch.Key key =
        new Fetch.Key(new ZoneQuestion(servers.zone().zone(), asked, askedType), purpose);
    return new Need.Ask(
        key,
        servers.zone(),
        servers.candidates(),
        servers.takeSent(),
        servers.isDelegated(),
        patience(servers));
  }

  private Fetch.Patience patience(ZoneServers servers) {
    if (isMinimised()) {
      return Fetch.Patience.PROBE;
    }
    return servers.hasOtherWay(query, depth) ? Fetch.Patience.HASTY : Fetch.Patience.PATIENT;
  }

  private boolean isToldWhole(ZoneServers servers) {
    return servers.isForwarding()
        || !core.config().minimise()
        || query.isToldWhole(servers.zone().zone())
        || core.zones().wantsWholeNames(servers.zone().zone(), core.time().unixSeconds());
  }

  private boolean isMinimised() {
    return asked.length() < name.length();
  }

  /** As much of the name as the servers need, going by what the cache knows of the labels. */
  private Name nextQuestion(ZoneServers servers) {
    while (true) {
      Name next = minimiser.next(name, servers.knownLabels());
      if (next.length() == name.length()) {
        return next;
      }
      if (query.isKnownPart(next)) {
        servers.knownLabels(next.labelCount());
        continue;
      }
      Optional<CacheEntry> known = core.memory().find(next, A);
      if (known.isEmpty()) {
        minimiser.asked();
        return next;
      }
      if (known.get().type() == EntryType.NXDOMAIN || known.get().kind() == Kind.FAILURE) {
        minimiser.relax();
      } else {
        servers.knownLabels(next.labelCount());
      }
    }
  }

  /** The last {@link Need.Ask} has come to this. */
  void onOutcome(Fetch.Outcome outcome) {
    ZoneServers servers = zone.orElseThrow();
    endRenewal();
    switch (outcome) {
      case Fetch.Outcome.Replied(Reply reply, ServerAddress _) -> {
        if (isMinimised()) {
          onReplyToPart(servers, reply);
        } else {
          noteWholeAnswered(servers, reply);
          onReply(reply);
        }
      }
      case Fetch.Outcome.Failed failed -> {
        if (isMinimised()) {
          minimiser.relax();
          query.tellWhole(servers.zone().zone());
          servers.askWhole(failed);
          part = PartOutcome.SILENCE;
        } else {
          servers.failed(failed);
        }
      }
    }
  }

  /** The servers of the last {@link Need.Ask} have been tried; their replies may still come. */
  void onPending(List<ServerAddress> tried) {
    zone.orElseThrow().pending(tried);
  }

  /** Servers that might have replied late have not. */
  void onLateFailure(Fetch.Outcome.Failed failed) {
    zone.orElseThrow().lateFailed(failed);
  }

  /** An answer to a part of the name only says that no zone is cut off there. */
  private void onReplyToPart(ZoneServers servers, Reply reply) {
    if (reply instanceof Reply.Content content) {
      if (content.ending() == Reply.Ending.NXDOMAIN) {
        minimiser.relax();
        query.tellWhole(servers.zone().zone());
        part = PartOutcome.DENIAL;
        return;
      }
      servers.knownLabels(asked.labelCount());
      query.knowPart(asked);
    } else {
      onReply(reply);
    }
    core.zones().answeredPart(servers.zone().zone());
  }

  /** Servers that answer for the whole name, but not for a part of it, are not asked so again. */
  private void noteWholeAnswered(ZoneServers servers, Reply reply) {
    Name answering = servers.zone().zone();
    boolean denied =
        reply instanceof Reply.Content content && content.ending() == Reply.Ending.NXDOMAIN;
    if (part == PartOutcome.SILENCE) {
      core.zones().silentToPart(answering, core.time().unixSeconds());
    } else if (part == PartOutcome.DENIAL && !denied) {
      core.zones().deniedPart(answering, core.time().unixSeconds());
    }
    part = PartOutcome.NONE;
  }

  private void onReply(Reply reply) {
    switch (reply) {
      case Reply.Content content -> onContent(content);
      case Reply.Referral(Delegation delegation) -> enterReferral(delegation);
      case Reply.Doubtful doubtful -> throw new IllegalStateException("a fetch does not end so");
      case Reply.Lame lame -> throw new IllegalStateException("a fetch does not end so");
      case Reply.Failed failed -> throw new IllegalStateException("a fetch does not end so");
      case Reply.Malformed malformed -> throw new IllegalStateException("a fetch does not end so");
    }
  }

  private void enterReferral(Delegation delegation) {
    minimiser.restrain();
    enter(delegated(delegation, ZoneServers.Source.REFERRAL));
  }

  private void onContent(Reply.Content content) {
    if (content.ending() == Reply.Ending.ALIAS) {
      follow(content.records(), content.end());
    } else if (add(content.records())) {
      switch (content.ending()) {
        case RECORDS -> end(Rcode.NOERROR, Optional.empty());
        case NODATA -> end(Rcode.NOERROR, content.soa());
        case NXDOMAIN -> end(Rcode.NXDOMAIN, content.soa());
        case LOOP -> endLoop();
        case TOO_LONG -> end(Rcode.YXDOMAIN, Optional.empty());
        case ALIAS -> throw new IllegalStateException("followed above");
      }
    }
  }

  /** The last {@link Need.Addresses} has come to this. */
  void onAddresses(Name server, Answer addresses) {
    ZoneServers servers = zone.orElseThrow();
    servers.learn(server, addresses);
    enter(servers);
  }

  private void giveUpZone(ZoneServers servers) {
    if (servers.isForwarding() && servers.mayIterateInstead()) {
      failedCaches.add(servers.zone().zone());
      query.forgetLate();
      leaveZone();
      return;
    }
    if (!renewed.containsKey(servers.zone().zone()) && renew(servers)) {
      return;
    }
    fail(servers.extendedError());
  }

  /** Goes on with what the parent says now of a zone whose servers all fail, if it may be asked. */
  private boolean renew(ZoneServers servers) {
    Delegation old = servers.zone();
    Optional<Delegation> newer =
        core.memory().delegation(old.zone()).filter(known -> known.receivedAt() > old.receivedAt());
    if (newer.isPresent() && servers.isDelegated()) {
      // Somebody else has asked meanwhile.
      renewed.put(old.zone(), servers.failed());
      enter(delegated(newer.get(), ZoneServers.Source.MEMORY));
      return true;
    }
    if (!servers.mayBeRenewed()) {
      return false;
    }
    core.zones().renewing(old, core.time().unixSeconds());
    endRenewal();
    renewing = Optional.of(old.zone());
    renewed.put(old.zone(), servers.failed());
    leaveZone();
    return true;
  }

  private void end(Rcode rcode, Optional<Rrset> soa) {
    answer = Optional.of(new Answer(rcode, records, soa, OptionalInt.empty()));
  }

  private void fail(int extendedError) {
    answer = Optional.of(failure(extendedError));
  }

  static Answer failure(int extendedError) {
    return new Answer(Rcode.SERVFAIL, List.of(), Optional.empty(), OptionalInt.of(extendedError));
  }
}
