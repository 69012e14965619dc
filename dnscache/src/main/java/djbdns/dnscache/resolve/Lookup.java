package djbdns.dnscache.resolve;

import djbdns.client.ServerAddress;
import djbdns.dnscache.cache.CacheEntry;
import djbdns.dnscache.cache.EntryType;
import djbdns.wire.ExtendedError;
import djbdns.wire.Name;
import djbdns.wire.Rcode;
import djbdns.wire.RecordType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
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

  /** What a lookup needs next. */
  sealed interface Need {
    /** The outcome of a fetch, for {@link #onOutcome}. */
    record Ask(Fetch.Key key, Delegation zone, List<ServerAddress> candidates, boolean capped)
        implements Need {}

    /**
     * The addresses of a server, for {@link #onAddresses}.
     *
     * @param last whether there is no other server to look up instead
     */
    record Addresses(Name server, int type, boolean last) implements Need {}

    /** Nothing: it has ended. */
    record Nothing(Answer answer) implements Need {}
  }

  private final Resolver resolver;
  private final Core core;
  private final int type;
  private final int depth;
  private final Name wanted;
  private final List<Rrset> records = new ArrayList<>();

  /** Where the aliases have led so far. */
  private Name name;

  private int aliases;
  private Optional<ZoneServers> zone = Optional.empty();
  private Minimiser minimiser = new Minimiser();

  /** Configured zones whose caches have failed, so that others are asked (FORWARD_FIRST). */
  private final Set<Name> failedCaches = new HashSet<>();

  /** The last question: the name, or as much of it as the servers were told. */
  private Name asked;

  private Optional<Answer> answer = Optional.empty();

  /**
   * A lookup that has not begun.
   *
   * @param depth 0 for a client's question, 1 for the address of a server that it needs, and so on
   */
  Lookup(Resolver resolver, Core core, Name wanted, int type, int depth) {
    this.resolver = resolver;
    this.core = core;
    this.wanted = wanted;
    this.type = type;
    this.depth = depth;
    name = wanted;
    asked = wanted;
  }

  boolean isFor(Name otherName, int otherType) {
    return type == otherType && wanted.equals(otherName);
  }

  int depth() {
    return depth;
  }

  /** What is needed next. */
  Need next(Query query) {
    while (answer.isEmpty()) {
      if (zone.isEmpty()) {
        if (!isAnsweredFromMemory()) {
          enterClosestZone();
        }
        continue;
      }
      ZoneServers servers = zone.get();
      List<ServerAddress> candidates = servers.candidates();
      if (!candidates.isEmpty()) {
        return ask(servers, candidates);
      }
      Optional<Need.Addresses> addresses = servers.nextServerWithoutAddress(query, depth);
      if (addresses.isPresent()) {
        return addresses.get();
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

  /** Whether it was an alias, so that the lookup goes on. */
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

  /** Whether a DNAME record in the cache makes an alias of the name (RFC 6672). */
  private boolean isRedirectedFromMemory() {
    Name ancestor = name;
    while (!ancestor.isRoot()) {
      ancestor = ancestor.parent();
      Optional<Rrset> dname = core.memory().records(ancestor, DNAME);
      if (dname.isPresent()) {
        Optional<Rrset> alias = Aliases.synthesise(name, dname.get());
        if (alias.isEmpty()) {
          fail(ExtendedError.OTHER);
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
    if (isOnTheWay(target)) {
      fail(ExtendedError.OTHER);
      return false;
    }
    name = target;
    minimiser = new Minimiser();
    failedCaches.clear();
    zone = Optional.empty();
    return true;
  }

  /** Adds records to the answer, unless there are too many aliases among them. */
  private boolean add(List<Rrset> chain) {
    for (Rrset link : chain) {
      aliases += link.type() == CNAME ? 1 : 0;
    }
    records.addAll(chain);
    // A server's name must not be an alias (RFC 2181, 10.3).
    if (aliases > (depth > 0 ? 0 : core.bounds().aliases())) {
      fail(ExtendedError.OTHER);
      return false;
    }
    return true;
  }

  private boolean isOnTheWay(Name target) {
    for (Rrset link : records) {
      if (link.type() == CNAME && link.owner().equals(target)) {
        return true;
      }
    }
    return false;
  }

  private void enterClosestZone() {
    Optional<ConfiguredZone> configured = closestConfiguredZone();
    if (configured.map(ConfiguredZone::isUnserved).orElse(core.config().forwardOnly())) {
      fail(ExtendedError.NO_REACHABLE_AUTHORITY);
      return;
    }
    if (configured.isPresent() && isForwarder(configured.get())) {
      enter(ZoneServers.configured(resolver, core, configured.get(), true));
      return;
    }
    // The zone above answers for DS records (RFC 4035, 3.1.4.1), but has no say in what a file
    // names.
    boolean isNamed = configured.isPresent() && configured.get().name().equals(name);
    Name ancestor = type == DS && !name.isRoot() && !isNamed ? name.parent() : name;
    while (true) {
      if (configured.isPresent() && configured.get().name().equals(ancestor)) {
        enter(ZoneServers.configured(resolver, core, configured.get(), false));
        return;
      }
      Optional<Delegation> known = core.memory().delegation(ancestor);
      if (known.isPresent()) {
        logCached(known.get());
        enter(ZoneServers.delegated(resolver, core, known.get()));
        return;
      }
      if (ancestor.isRoot()) {
        enter(ZoneServers.delegated(resolver, core, resolver.roots().delegation()));
        return;
      }
      ancestor = ancestor.parent();
    }
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
    if (servers.isDelegated() && core.memory().isUnreachable(servers.zone().zone())) {
      fail(ExtendedError.CACHED_ERROR);
    }
  }

  private Need ask(ZoneServers servers, List<ServerAddress> candidates) {
    asked = servers.isForwarding() ? name : nextQuestion(servers);
    int askedType = isMinimised() ? A : type;
    Fetch.Purpose purpose =
        servers.isForwarding() ? Fetch.Purpose.FORWARDING : Fetch.Purpose.ITERATION;
    Fetch.Key key = new Fetch.Key(servers.zone().zone(), purpose, asked, askedType);
    return new Need.Ask(key, servers.zone(), candidates, servers.isDelegated());
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
      Optional<CacheEntry> known = core.memory().find(next, A);
      if (known.isEmpty()) {
        minimiser.asked();
        return next;
      }
      if (known.get().type() == EntryType.NXDOMAIN) {
        minimiser.relax();
      } else {
        servers.knownLabels(next.labelCount());
      }
    }
  }

  /** The last {@link Need.Ask} has come to this. */
  void onOutcome(Fetch.Outcome outcome) {
    ZoneServers servers = zone.orElseThrow();
    switch (outcome) {
      case Fetch.Outcome.Replied(Reply reply, ServerAddress _) -> onReply(servers, reply);
      case Fetch.Outcome.Failed failed -> {
        if (isMinimised() && failed.answered()) {
          minimiser.relax();
        } else {
          servers.failed(failed);
        }
      }
    }
  }

  private void onReply(ZoneServers servers, Reply reply) {
    switch (reply) {
      case Reply.Content content when isMinimised() -> {
        if (content.ending() == Reply.Ending.NXDOMAIN) {
          minimiser.relax();
        } else {
          servers.knownLabels(asked.labelCount());
        }
      }
      case Reply.Content content -> onContent(content);
      case Reply.Referral(Delegation delegation) ->
          enter(ZoneServers.delegated(resolver, core, delegation));
      case Reply.Doubtful doubtful -> throw new IllegalStateException("a fetch does not end so");
      case Reply.Lame lame -> throw new IllegalStateException("a fetch does not end so");
      case Reply.Failed failed -> throw new IllegalStateException("a fetch does not end so");
      case Reply.Malformed malformed -> throw new IllegalStateException("a fetch does not end so");
    }
  }

  private void onContent(Reply.Content content) {
    if (content.ending() == Reply.Ending.ALIAS) {
      follow(content.records(), content.end());
    } else if (add(content.records())) {
      switch (content.ending()) {
        case RECORDS -> end(Rcode.NOERROR, Optional.empty());
        case NODATA -> end(Rcode.NOERROR, content.soa());
        case NXDOMAIN -> end(Rcode.NXDOMAIN, content.soa());
        case LOOP -> fail(ExtendedError.OTHER);
        case TOO_LONG -> end(Rcode.YXDOMAIN, Optional.empty());
        case ALIAS -> throw new IllegalStateException("followed above");
      }
    }
  }

  /** The last {@link Need.Addresses} has come to this. */
  void onAddresses(Answer addresses) {
    zone.orElseThrow().learn(addresses);
  }

  private void giveUpZone(ZoneServers servers) {
    if (servers.isForwarding() && servers.mayIterateInstead()) {
      failedCaches.add(servers.zone().zone());
      zone = Optional.empty();
      return;
    }
    if (servers.isDelegated() && servers.isUnreachable()) {
      core.memory().storeUnreachable(servers.zone().zone(), servers.extendedError());
    }
    fail(servers.extendedError());
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
