package djbdns.dnscache.resolve;

import djbdns.client.ServerAddress;
import djbdns.dnscache.cache.RecordData;
import djbdns.wire.ExtendedError;
import djbdns.wire.Name;
import djbdns.wire.RecordType;
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

  private final Resolver resolver;
  private final Core core;
  private final Delegation zone;
  private final boolean delegated;
  private final boolean forwarding;
  private final boolean mayIterate;

  /** Labels of the lookup's name, from the right, below which no zone cut is in this zone. */
  private int knownLabels;

  private final Set<ServerAddress> failed = new HashSet<>();
  private final List<ServerAddress> learned = new ArrayList<>();

  /** Index of the next server to be looked up, counted from a random start; A first, then AAAA. */
  private int nextLookup;

  private final int firstLookup;
  private int lookups;

  /** Something else than the servers' silence was in the way. */
  private boolean cutShort;

  private boolean answered;
  private int extendedError = ExtendedError.NO_REACHABLE_AUTHORITY;

  private ZoneServers(
      Resolver resolver,
      Core core,
      Delegation zone,
      boolean delegated,
      boolean forwarding,
      boolean mayIterate) {
    this.resolver = resolver;
    this.core = core;
    this.zone = zone;
    this.delegated = delegated;
    this.forwarding = forwarding;
    this.mayIterate = mayIterate;
    knownLabels = zone.zone().labelCount();
    firstLookup = zone.servers().isEmpty() ? 0 : core.random().nextInt(zone.servers().size());
  }

  static ZoneServers delegated(Resolver resolver, Core core, Delegation zone) {
    return new ZoneServers(resolver, core, zone, !zone.zone().isRoot(), false, false);
  }

  /**
   * The servers of a file.
   *
   * @param forwarding whether they are caches
   */
  static ZoneServers configured(
      Resolver resolver, Core core, ConfiguredZone configured, boolean forwarding) {
    List<Delegation.NameServer> servers =
        List.of(new Delegation.NameServer(Name.ROOT, configured.addresses()));
    Delegation zone = new Delegation(configured.name(), servers, Delegation.NEVER);
    boolean mayIterate = configured.mode() == ConfiguredZone.Mode.FORWARD_FIRST;
    return new ZoneServers(resolver, core, zone, false, forwarding, mayIterate);
  }

  Delegation zone() {
    return zone;
  }

  /** Whether anybody may have made this zone up: it comes from a referral. */
  boolean isDelegated() {
    return delegated;
  }

  boolean isForwarding() {
    return forwarding;
  }

  boolean mayIterateInstead() {
    return mayIterate && !core.config().forwardOnly();
  }

  int knownLabels() {
    return knownLabels;
  }

  void knownLabels(int labels) {
    knownLabels = labels;
  }

  /** The addresses that may be asked and have not failed. */
  List<ServerAddress> candidates() {
    List<ServerAddress> candidates = new ArrayList<>();
    for (Delegation.NameServer server : zone.servers()) {
      addUsable(server.addresses(), candidates);
      if (server.addresses().isEmpty() && !server.name().isRoot()) {
        addUsable(addressesInMemory(server.name()), candidates);
      }
    }
    addUsable(learned, candidates);
    return candidates;
  }

  private void addUsable(List<ServerAddress> addresses, List<ServerAddress> candidates) {
    for (ServerAddress address : addresses) {
      if (resolver.mayAsk(address) && !failed.contains(address) && !candidates.contains(address)) {
        candidates.add(address);
      }
    }
  }

  private List<ServerAddress> addressesInMemory(Name server) {
    List<ServerAddress> addresses = new ArrayList<>();
    core.memory().records(server, A).ifPresent(found -> addAddresses(found, addresses));
    core.memory().records(server, AAAA).ifPresent(found -> addAddresses(found, addresses));
    return addresses;
  }

  /** Adds the addresses in a record set. */
  private void addAddresses(Rrset found, List<ServerAddress> addresses) {
    byte[] data = found.data();
    for (int at = 0; at < data.length; at = RecordData.next(data, at)) {
      int start = RecordData.start(at);
      byte[] address = Arrays.copyOfRange(data, start, start + RecordData.length(data, at));
      ServerAddress server = new ServerAddress(address, ServerAddress.DNS_PORT);
      if (addresses.size() < ResolverLimits.SERVER_ADDRESSES) {
        addresses.add(server);
      }
    }
  }

  /** Those who were asked have failed. */
  void failed(Fetch.Outcome.Failed outcome) {
    failed.addAll(outcome.servers());
    answered |= outcome.answered();
    extendedError = outcome.extendedError();
    cutShort |= extendedError == ExtendedError.OTHER;
  }

  /** The addresses of the server that was looked up last. */
  void learn(Answer answer) {
    // Too little time or too many packets for this query say nothing of the zone to others.
    cutShort |= answer.extendedError().equals(OptionalInt.of(ExtendedError.OTHER));
    for (Rrset found : answer.records()) {
      if (found.type() == A || found.type() == AAAA) {
        addAddresses(found, learned);
      }
    }
  }

  /** A server whose addresses are not known, or have failed, and can be found without this zone. */
  Optional<Lookup.Need.Addresses> nextServerWithoutAddress(Query query, int depth) {
    int servers = zone.servers().size();
    while (nextLookup < 2 * servers) {
      int index = (firstLookup + nextLookup) % servers;
      int type = nextLookup < servers ? A : AAAA;
      Name server = zone.servers().get(index).name();
      nextLookup++;
      if (server.isRoot() || server.isWithin(zone.zone()) || !isUseful(type)) {
        continue;
      }
      if (query.isLookingFor(server, type)) {
        continue;
      }
      if (depth >= ResolverLimits.GLUELESS_DEPTH
          || lookups >= core.bounds().serverLookupsPerDelegation()
          || !query.mayLookUpServer()) {
        cutShort = true;
        return Optional.empty();
      }
      lookups++;
      boolean last = nextLookup % servers == 0;
      return Optional.of(new Lookup.Need.Addresses(server, type, last));
    }
    return Optional.empty();
  }

  private boolean isUseful(int type) {
    return type == A ? core.config().useIpv4() : core.config().useIpv6();
  }

  /** Whether every server was given its chance and none has said anything. */
  boolean isUnreachable() {
    return !answered && !cutShort;
  }

  /** Why there is no answer (RFC 8914). */
  int extendedError() {
    return cutShort ? ExtendedError.OTHER : extendedError;
  }
}
