package djbdns.dnscache.scenario;

import djbdns.client.ServerAddress;
import djbdns.dnscache.cache.ShardedCache;
import djbdns.dnscache.resolve.Answer;
import djbdns.dnscache.resolve.Resolver;
import djbdns.dnscache.resolve.Upstream;
import djbdns.dnscache.resolve.Weakened;
import djbdns.dnscache.resolve.policy.ConfiguredZone;
import djbdns.dnscache.resolve.policy.ConfiguredZones;
import djbdns.dnscache.resolve.policy.ResolverConfig;
import djbdns.dnscache.resolve.policy.ResolverLimits;
import djbdns.dnscache.resolve.reply.Rrset;
import djbdns.dnscache.sim.Behaviour;
import djbdns.dnscache.sim.Link;
import djbdns.dnscache.sim.Names;
import djbdns.dnscache.sim.NoLog;
import djbdns.dnscache.sim.Records;
import djbdns.dnscache.sim.SimClient;
import djbdns.dnscache.sim.SimClock;
import djbdns.dnscache.sim.SimNetwork;
import djbdns.dnscache.sim.SimServer;
import djbdns.dnscache.sim.SimZone;
import djbdns.wire.AddressText;
import djbdns.wire.Bytes;
import djbdns.wire.Name;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Where the attacks take place: a root, com, and under it victim.com, whose www has the address
 * {@link #RIGHT}, and attacker.com. Every server is 20 ms away and has one address.
 */
final class Stage implements AutoCloseable {
  static final String RIGHT = "40.0.0.1";
  static final String ATTACKER = "66.66.66.66";
  static final String VICTIM_SERVER = "20.0.0.3";
  static final long DAY_SECONDS = 86_400;
  static final long HOUR_SECONDS = 3_600;

  private static final String ROOT_SERVER = "20.0.0.1";
  private static final long CACHE_BYTES = 1_000_000;

  private final SimClock clock = new SimClock();
  private final SimNetwork network;
  private final ShardedCache cache = new ShardedCache(CACHE_BYTES, new SplittableRandom(9));
  private final Map<Name, SimZone> zones = new HashMap<>();
  private final Map<Name, SimServer> servers = new HashMap<>();
  private final SplittableRandom random;

  /** A stage on which every packet leaves from a port of its own. */
  Stage() {
    this(new SplittableRandom(7), 1);
  }

  /**
   * A stage.
   *
   * @param ports gives the ports that packets leave from
   * @param seed of all other chance
   */
  Stage(RandomGenerator ports, long seed) {
    random = new SplittableRandom(seed);
    network = new SimNetwork(clock, random.split(), ports);
    SimZone root = new SimZone(Name.ROOT, DAY_SECONDS, HOUR_SECONDS);
    zones.put(Name.ROOT, root);
    addServer(Names.of("ns.root"), ROOT_SERVER, root);
    addZone("com", "20.0.0.2");
    SimZone victim = addZone("victim.com", VICTIM_SERVER);
    victim.add(address("www.victim.com", HOUR_SECONDS, RIGHT));
    addZone("attacker.com", ATTACKER);
  }

  /** Adds a zone with one server, and glue for it in the parent zone; all TTLs are a day. */
  SimZone addZone(String apexText, String address) {
    return addZone(apexText, address, DAY_SECONDS);
  }

  /** As {@link #addZone(String, String)}, with a TTL for the delegation. */
  SimZone addZone(String apexText, String address, long delegationSeconds) {
    Name apex = Names.of(apexText);
    Name serverName = Names.child("ns", apex);
    SimZone zone = new SimZone(apex, DAY_SECONDS, HOUR_SECONDS);
    zones.put(apex, zone);
    SimZone parent = parentOf(apex);
    parent.add(Records.names(apex, Records.NS, delegationSeconds, List.of(serverName)));
    Records glue = Records.address(serverName, DAY_SECONDS, server(address));
    parent.addGlue(glue);
    zone.add(Records.names(apex, Records.NS, DAY_SECONDS, List.of(serverName)));
    zone.add(glue);
    addServer(serverName, address, zone);
    return zone;
  }

  private SimZone parentOf(Name apex) {
    Name at = apex.parent();
    while (!zones.containsKey(at)) {
      at = at.parent();
    }
    return zones.get(at);
  }

  private void addServer(Name name, String address, SimZone zone) {
    SimServer server =
        new SimServer(name, List.of(server(address)), new Behaviour.Correct(), random.split());
    server.serve(zone);
    servers.put(zone.apex(), server);
    network.attach(server, Link.GOOD);
  }

  /** Adds a server that refuses to answer for anything. */
  void addRefusingServer(String address) {
    SimServer server =
        new SimServer(
            Names.of("refusing"),
            List.of(server(address)),
            new Behaviour.Lame(Behaviour.Excuse.REFUSED),
            random.split());
    network.attach(server, Link.GOOD);
  }

  static ServerAddress server(String address) {
    return ServerAddress.parse(address).orElseThrow();
  }

  /** An address record. */
  static Records address(String owner, long ttlSeconds, String address) {
    return Records.address(Names.of(owner), ttlSeconds, server(address));
  }

  SimZone zone(String apex) {
    return zones.get(Names.of(apex));
  }

  /** The server of a zone. */
  SimServer serverOf(String apex) {
    return servers.get(Names.of(apex));
  }

  SimNetwork network() {
    return network;
  }

  SimClock clock() {
    return clock;
  }

  ShardedCache cache() {
    return cache;
  }

  private ConfiguredZones roots() {
    return new ConfiguredZones(
        List.of(
            new ConfiguredZone(
                Name.ROOT, ConfiguredZone.Mode.ITERATE, List.of(server(ROOT_SERVER)))));
  }

  /** The resolver as it is. */
  Resolver resolver() {
    return resolver(network);
  }

  /** The resolver behind something that changes what it gets to see. */
  Resolver resolver(Upstream upstream) {
    return resolver(upstream, random.split());
  }

  Resolver resolver(Upstream upstream, RandomGenerator ids) {
    return new Resolver(
        ResolverConfig.standard(), roots(), cache, upstream, ids, clock, new NoLog());
  }

  /** The resolver with more in its directory {@code servers}. */
  Resolver resolver(ResolverConfig config, ConfiguredZone... more) {
    return resolver(config, network, more);
  }

  /** As {@link #resolver(ResolverConfig, ConfiguredZone...)}, behind something else. */
  Resolver resolver(ResolverConfig config, Upstream upstream, ConfiguredZone... more) {
    List<ConfiguredZone> all = new ArrayList<>(List.of(more));
    all.addAll(roots().all());
    return new Resolver(
        config, new ConfiguredZones(all), cache, upstream, random.split(), clock, new NoLog());
  }

  /** A resolver without bounds. */
  Resolver unbounded() {
    return Weakened.unbounded(roots(), cache, network, random.split(), clock, new NoLog());
  }

  /** Puts a question and waits for its answer. */
  Answer ask(Resolver resolver, String name) {
    return ask(resolver, name, Records.A);
  }

  Answer ask(Resolver resolver, String name, int type) {
    SimClient client = askLater(resolver, name, type);
    network.run(
        resolver,
        clock.nanoTime() + (ResolverLimits.QUERY_DEADLINE_MS + 1000) * SimClock.NS_PER_MS);
    return client.answer().orElseThrow();
  }

  /** Puts a question. */
  SimClient askLater(Resolver resolver, String name, int type) {
    return askLater(resolver, 1, name, type);
  }

  /** Puts a question of one of many clients. */
  SimClient askLater(Resolver resolver, int from, String name, int type) {
    SimClient client = new SimClient(clock, from, Names.of(name), type);
    resolver.ask(client.name(), type, client);
    return client;
  }

  /** Lets time go by. */
  void pass(Resolver resolver, long seconds) {
    long untilNs = clock.nanoTime() + seconds * SimClock.NS_PER_SECOND;
    network.run(resolver, untilNs);
    clock.moveTo(untilNs);
  }

  /** The address that an answer ends with; its response code if it has none. */
  static String addressIn(Answer answer) {
    if (answer.records().isEmpty()) {
      return answer.rcode().toString();
    }
    Rrset last = answer.records().getLast();
    return last.type() == Records.A
        ? AddressText.of(Bytes.of(Arrays.copyOfRange(last.data(), 2, 6)))
        : "no address";
  }

  @Override
  public void close() {
    cache.close();
  }
}
