package djbdns.dnscache.resolve;

import djbdns.client.ServerAddress;
import djbdns.dnscache.cache.RecordData;
import djbdns.dnscache.resolve.policy.ConfiguredZone;
import djbdns.dnscache.resolve.policy.ResolverLimits;
import djbdns.dnscache.resolve.reply.Delegation;
import djbdns.dnscache.resolve.reply.Rrset;
import djbdns.dnscache.resolve.servers.ServerList;
import djbdns.wire.Name;
import djbdns.wire.Rcode;
import djbdns.wire.RecordType;
import djbdns.wire.message.ExtendedError;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What a lookup knows of the servers of the zone it has come to: which addresses may be asked,
 * which have failed, and whose addresses are still to be found.
 */
final class ZoneServers {
  private static final int A = RecordType.A.code();
  private static final int AAAA = RecordType.AAAA.code();
  private static final int NS = RecordType.NS.code();
  private static final int CNAME = RecordType.CNAME.code();

  /** The source from which a zone's servers are known. */
  enum Source {
    /** The root's servers. */
    ROOT,
    /** A referral that a parent has just sent: anybody may have made this zone up. */
    REFERRAL,
    /** A referral that a parent sent once. */
    MEMORY,
    /** A file: servers of the zone. */
    FILE,
    /** A file: caches. */
    CACHES,
    /** A file: caches, which are asked first. */
    CACHES_FIRST
  }

  private final Resolver resolver;
  private final Core core;
  private final Delegation zone;
  private final Source source;

  /** Labels of the lookup's name, from the right, below which no zone cut is in this zone. */
  private int knownLabels;

  /** Addresses to be asked, those of higher rank first: see {@link ServerList}. */
  private final List<ServerAddress> candidates = new ArrayList<>();

  /** The number of those that are of higher rank. */
  private int preferred;

  /** Addresses that servers' names have as aliases; asked if no others work. */
  private final List<ServerAddress> behindAliases = new ArrayList<>(0);

  private final Set<ServerAddress> failed;

  /** Names of servers whose addresses can be looked up, in the order in which they are. */
  private final List<Name> names = new ArrayList<>();

  /** Names that do not exist, and so have no addresses of the other family either. */
  private final Set<Name> missing = new HashSet<>(0);

  /** Of those that only the zone itself names. */
  private long childNamesBytes;

  /** Counts names and families: A of all names, then AAAA of all. */
  private int nextLookup;

  /** Lookups that came to nothing, in units of denials. */
  private int costs;

  /** Something else than the servers' silence was in the way. */
  private boolean cutShort;

  /** A shortage of ours was, which says nothing of the servers. */
  private boolean starved;

  /** Questions that may be answered late. */
  private int pending;

  private boolean answered;
  private int extendedError = ExtendedError.NO_REACHABLE_AUTHORITY;

  /** Packets with the last question, where it was a part of the name. */
  private List<Fetch.Sent> sent = List.of();

  /**
   * Servers of which none has been asked.
   *
   * @param failed addresses that have failed the lookup in this zone before
   */
  ZoneServers(
      Resolver resolver, Core core, Delegation zone, Source source, Set<ServerAddress> failed) {
    this.resolver = resolver;
    this.core = core;
    this.zone = zone;
    this.source = source;
    this.failed = new HashSet<>(failed);
    knownLabels = zone.zone().labelCount();
    for (Delegation.NameServer server : zone.servers()) {
      addAddresses(server);
    }
    addNames();
    if (isDelegated()) {
      addChildNames();
    }
  }

  /** The servers of a file. */
  static ZoneServers configured(
      Resolver resolver, Core core, ConfiguredZone configured, Source source) {
    List<Delegation.NameServer> servers =
        List.of(new Delegation.NameServer(Name.ROOT, configured.addresses()));
    Delegation zone =
        new Delegation(configured.name(), servers, Delegation.ALWAYS, Delegation.NEVER);
    return new ZoneServers(resolver, core, zone, source, Set.of());
  }

  Delegation zone() {
    return zone;
  }

  /** True if anybody may have made this zone up: it comes from a referral. */
  boolean isDelegated() {
    return source == Source.REFERRAL || source == Source.MEMORY;
  }

  boolean isForwarding() {
    return source == Source.CACHES || source == Source.CACHES_FIRST;
  }

  boolean mayIterateInstead() {
    return source == Source.CACHES_FIRST && !core.config().forwardOnly();
  }

  /** True if the parent may be asked whether its word still holds. */
  boolean mayBeRenewed() {
    return source == Source.MEMORY && core.zones().mayRenew(zone, core.time().unixSeconds());
  }

  Set<ServerAddress> failed() {
    return failed;
  }

  int knownLabels() {
    return knownLabels;
  }

  void knownLabels(int labels) {
    knownLabels = labels;
  }

  /**
   * The addresses in a server's own zone rank above glue (RFC 2181, 5.4.1), which is asked all the
   * same if that does not work.
   */
  private void addAddresses(Delegation.NameServer server) {
    List<ServerAddress> own = server.name().isRoot() ? List.of() : inMemory(server.name());
    boolean ipv4 = false;
    boolean ipv6 = false;
    for (ServerAddress address : own) {
      ipv4 |= !address.isIpv6();
      ipv6 |= address.isIpv6();
      addPreferred(address);
    }
    for (ServerAddress glue : server.addresses()) {
      boolean contradicted = glue.isIpv6() ? ipv6 : ipv4;
      if (contradicted) {
        addDoubtful(glue);
      } else {
        addPreferred(glue);
      }
    }
  }

  private void addPreferred(ServerAddress address) {
    if (isNewCandidate(address)) {
      candidates.add(preferred, address);
      preferred++;
    }
  }

  private void addDoubtful(ServerAddress address) {
    if (isNewCandidate(address)) {
      candidates.add(address);
    }
  }

  private boolean isNewCandidate(ServerAddress address) {
    return resolver.mayAsk(address) && !failed.contains(address) && !candidates.contains(address);
  }

  private List<ServerAddress> inMemory(Name server) {
    List<ServerAddress> addresses = inMemory(server, A);
    addresses.addAll(inMemory(server, AAAA));
    return addresses;
  }

  private List<ServerAddress> inMemory(Name server, int type) {
    List<ServerAddress> addresses = new ArrayList<>(0);
    core.memory().records(server, type).ifPresent(found -> read(found, addresses));
    return addresses;
  }

  /** Adds the addresses in a record set, the first of them. */
  private static void read(Rrset found, List<ServerAddress> addresses) {
    byte[] data = found.data();
    int most = addresses.size() + ResolverLimits.SERVER_ADDRESSES;
    for (int at = 0; at < data.length && addresses.size() < most; at = RecordData.next(data, at)) {
      int start = RecordData.start(at);
      byte[] address = Arrays.copyOfRange(data, start, start + RecordData.length(data, at));
      addresses.add(new ServerAddress(address, ServerAddress.DNS_PORT));
    }
  }

  /** From a random start; those without any address before the others. */
  private void addNames() {
    int count = zone.servers().size();
    int start = count == 0 ? 0 : core.random().nextInt(count);
    for (boolean withAddress : new boolean[] {false, true}) {
      for (int i = 0; i < count; i++) {
        Delegation.NameServer server = zone.servers().get((start + i) % count);
        if (server.addresses().isEmpty() != withAddress) {
          addName(server.name());
        }
      }
    }
  }

  /** A name that can be looked up without the zone itself. */
  private void addName(Name server) {
    if (!server.isRoot() && !server.isWithin(zone.zone()) && !names.contains(server)) {
      names.add(server);
    }
  }

  /** The servers that the zone itself names, if that is known: its parent may be behind. */
  private void addChildNames() {
    byte[] data = core.memory().records(zone.zone(), NS).map(Rrset::data).orElse(new byte[0]);
    int count = 0;
    int nameBytes = 0;
    for (int at = 0;
        at < data.length && ResolverLimits.hasRoomForServer(count, nameBytes);
        at = RecordData.next(data, at)) {
      Name server = Name.ofWire(data, RecordData.start(at));
      int known = names.size();
      addName(server);
      childNamesBytes += names.size() > known ? Held.name(server) : 0;
      inMemory(server).forEach(this::addDoubtful);
      count++;
      nameBytes += server.length();
    }
  }

  /** Bytes of the heap, as {@link Held} counts them. */
  long heldBytes() {
    int addresses = candidates.size() + behindAliases.size() + failed.size();
    return Held.delegation(zone) + childNamesBytes + Held.addresses(addresses);
  }

  boolean hasCandidates() {
    return !candidates.isEmpty();
  }

  /** The addresses that may be asked and have not failed. */
  ServerList candidates() {
    return new ServerList(candidates, preferred);
  }

  /**
   * The packets that the servers have been sent already for the question that is asked next; told
   * once.
   */
  List<Fetch.Sent> takeSent() {
    List<Fetch.Sent> before = sent;
    sent = List.of();
    return before;
  }

  /** A part of the name was asked about in vain; now all of it is. */
  void askWhole(Fetch.Outcome.Failed outcome) {
    sent = outcome.sent();
    answered |= outcome.answered();
  }

  /** Those who were asked have failed. */
  void failed(Fetch.Outcome.Failed outcome) {
    exclude(outcome.servers());
    answered |= outcome.answered();
    extendedError = answered ? ExtendedError.NO_REACHABLE_AUTHORITY : outcome.extendedError();
    cutShort |= outcome.extendedError() == ExtendedError.OTHER;
    starved |= outcome.extendedError() == ExtendedError.NOT_READY;
  }

  /** Those who were asked may only reply late. */
  void pending(List<ServerAddress> tried) {
    exclude(tried);
    pending++;
  }

  private void exclude(List<ServerAddress> tried) {
    failed.addAll(tried);
    List<ServerAddress> best = candidates.subList(0, preferred);
    best.removeAll(failed);
    preferred = best.size();
    candidates.removeAll(failed);
  }

  /** They have not. */
  void lateFailed(Fetch.Outcome.Failed outcome) {
    pending--;
    failed(outcome);
  }

  /** True if some who were asked may still reply. */
  boolean mayReplyLate() {
    return pending > 0;
  }

  /** The addresses of the server that was looked up last. */
  void learn(Name server, Answer answer) {
    // Too little time or too many packets for this query say nothing of the zone to others.
    cutShort |= answer.extendedError().equals(OptionalInt.of(ExtendedError.OTHER));
    List<ServerAddress> found = new ArrayList<>();
    boolean alias = false;
    for (Rrset set : answer.records()) {
      alias |= set.type() == CNAME;
      if (set.type() == A || set.type() == AAAA) {
        read(set, found);
      }
    }
    if (found.isEmpty()) {
      boolean denied = !answer.rcode().equals(Rcode.SERVFAIL);
      costs += denied ? 1 : ResolverLimits.DENIALS_PER_SERVER_LOOKUP;
    }
    if (answer.rcode().equals(Rcode.NXDOMAIN)) {
      missing.add(server);
    }
    for (ServerAddress address : found) {
      if (!alias) {
        addPreferred(address);
      } else if (isNewCandidate(address)) {
        behindAliases.add(address);
      }
    }
  }

  /** True if there is another way than the addresses that are known now. */
  boolean hasOtherWay(Query query, int depth) {
    if (mayIterateInstead() || !behindAliases.isEmpty()) {
      return true;
    }
    boolean mayLookUp = mayLookUp(query, depth);
    for (int at = nextLookup; at < 2 * names.size(); at++) {
      Name server = names.get(at % names.size());
      int type = typeAt(at);
      if (mayLookUp && isWorthLookingUp(server, type, query)) {
        return true;
      }
      // Somebody else may have looked it up meanwhile.
      if (core.memory().hasRecords(server, type)
          && inMemory(server, type).stream().anyMatch(this::isNewCandidate)) {
        return true;
      }
    }
    return false;
  }

  /**
   * A server whose addresses are not known, or have failed, and can be found without this zone.
   * Empty if there is none, or the addresses are found in the cache: see {@link #candidates}.
   */
  Optional<Lookup.Need.Addresses> nextServerWithoutAddress(Query query, int depth) {
    while (nextLookup < 2 * names.size()) {
      int at = nextLookup++;
      Name server = names.get(at % names.size());
      int type = typeAt(at);
      if (takeFromMemory(server, type)) {
        return Optional.empty();
      }
      if (query.isLookingFor(server, type) || hasFailedBefore(server, type, query)) {
        // Round in circles, or in vain a moment ago: others may get there, or later.
        cutShort = true;
      } else if (isWorthLookingUp(server, type, query)) {
        if (!mayLookUp(query, depth)) {
          // Addresses of others may be known.
          cutShort = true;
          continue;
        }
        boolean last = (at + 1) % names.size() == 0;
        return Optional.of(new Lookup.Need.Addresses(server, type, last));
      }
    }
    return Optional.empty();
  }

  /** Takes addresses that others have found meanwhile; true if there are any to ask now. */
  private boolean takeFromMemory(Name server, int type) {
    inMemory(server, type).forEach(this::addPreferred);
    return preferred > 0;
  }

  private int typeAt(int lookup) {
    return lookup < names.size() ? A : AAAA;
  }

  private boolean isWorthLookingUp(Name server, int type, Query query) {
    boolean useful = type == A ? core.config().useIpv4() : core.config().useIpv6();
    return useful
        && !missing.contains(server)
        && !query.isLookingFor(server, type)
        && !core.memory().isDenied(server, type)
        && !hasFailedBefore(server, type, query)
        && !core.memory().hasRecords(server, type);
  }

  private boolean hasFailedBefore(Name server, int type, Query query) {
    return core.memory().hasFailed(server, type) || query.hasFailedToLookUp(server, type);
  }

  private boolean mayLookUp(Query query, int depth) {
    int most =
        core.bounds().serverLookupsPerDelegation() * ResolverLimits.DENIALS_PER_SERVER_LOOKUP;
    return depth < ResolverLimits.GLUELESS_DEPTH && costs < most && query.mayLookUpServer();
  }

  /** The last way: addresses of servers whose names are aliases. True if there are any. */
  boolean useAliases() {
    behindAliases.forEach(this::addDoubtful);
    behindAliases.clear();
    return hasCandidates();
  }

  /** The reason why there is no answer (RFC 8914). */
  int extendedError() {
    if (starved) {
      return ExtendedError.NOT_READY;
    }
    return cutShort ? ExtendedError.OTHER : extendedError;
  }
}
