package djbdns.dnscache.resolve;

import djbdns.client.ServerAddress;
import djbdns.dnscache.cache.ShardedCache;
import djbdns.dnscache.resolve.policy.AddressPolicy;
import djbdns.dnscache.resolve.policy.ConfiguredZones;
import djbdns.dnscache.resolve.policy.ResolverConfig;
import djbdns.dnscache.resolve.servers.ServerState;
import djbdns.dnscache.resolve.servers.ServerTable;
import djbdns.dnscache.resolve.servers.ZoneTable;
import djbdns.wire.Name;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Answers questions by asking servers: a state machine without I/O. Everything happens in calls
 * from one thread: {@link #ask}, {@link Upstream.Receiver}'s methods, {@link #onTime}.
 *
 * <p>Equal questions are one {@link Query}, and equal questions to a zone's servers one {@link
 * Fetch}, whoever asks. What they learn is in the cache before anybody is told.
 */
public final class Resolver {
  /** Servers remembered, with their round-trip times. */
  private static final int SERVERS = 10_000;

  private final Core core;
  private final Fetches fetches;
  private final Roots roots;
  private final Map<Query.Key, Query> queries = new HashMap<>();
  private final Shares shares;
  private final Load load;
  private ConfiguredZones zones;
  private AddressPolicy policy;

  /**
   * A resolver without questions.
   *
   * @param random must be cryptographic: it gives packet IDs and letter cases
   */
  public Resolver(
      ResolverConfig config,
      ConfiguredZones zones,
      ShardedCache cache,
      Upstream upstream,
      RandomGenerator random,
      TimeSource time,
      ResolverLog log) {
    this(config, zones, cache, upstream, random, time, log, Bounds.STANDARD);
  }

  /** For tests: with other bounds than the standard ones. */
  Resolver(
      ResolverConfig config,
      ConfiguredZones zones,
      ShardedCache cache,
      Upstream upstream,
      RandomGenerator random,
      TimeSource time,
      ResolverLog log,
      Bounds bounds) {
    shares = new Shares(bounds.shares());
    load = new Load(time.nanoTime());
    core =
        new Core(
            config,
            new Memory(cache, time),
            new ServerTable(SERVERS, random),
            new ZoneTable(),
            upstream,
            random,
            time,
            new Timers(),
            log,
            bounds);
    fetches = new Fetches(core, zones);
    this.zones = zones;
    policy = new AddressPolicy(config, zones);
    roots = new Roots(core, fetches, RootHints.delegation(policy));
  }

  /**
   * Puts a question of class IN. The waiter is told once, later or before this returns.
   *
   * @param type a record type; what is no record type, such as ANY, is not for this class
   */
  public void ask(Name name, int type, Waiter waiter) {
    load.pass(core.time().nanoTime());
    shares.allow(load.allowed(), Load.WHOLE);
    Query.Key key = new Query.Key(name.lowerCase(), type);
    Query known = queries.get(key);
    Query query = known == null ? new Query(this, core, fetches, key) : known;
    Waiting waiting = new Waiting(waiter, query);
    if (known == null) {
      queries.put(key, query);
    }
    shares.add(waiting, query.join(waiting));
    shares.enforce(waiting.client());
    if (known == null) {
      query.run();
    }
  }

  /** A query holds more bytes, or fewer, for the one who pays for it. */
  void charge(Waiting payer, long change) {
    shares.charge(payer, change);
  }

  /** Drops questions if all of them hold too much, now that this one holds more. */
  void enforce(Waiting payer) {
    shares.enforce(payer.client());
  }

  void answered(List<Waiting> waiting, Answer answer) {
    for (Waiting one : waiting) {
      shares.remove(one);
      one.waiter().answered(answer);
    }
  }

  void forget(Query query) {
    queries.remove(query.key(), query);
  }

  /** Uses other configured zones from now on. What is cached stays. */
  public void configure(ConfiguredZones newZones) {
    zones = newZones;
    policy = new AddressPolicy(core.config(), newZones);
    fetches.configure(newZones);
  }

  ConfiguredZones zones() {
    return zones;
  }

  Roots roots() {
    return roots;
  }

  boolean mayAsk(ServerAddress server) {
    return core.config().uses(server) && policy.mayAsk(server);
  }

  /**
   * When {@link #onTime} is to be called next, on the clock {@link TimeSource#nanoTime}; {@link
   * Long#MAX_VALUE} if nothing is due.
   */
  public long nextTimeNs() {
    return core.timers().nextTimeNs();
  }

  /** Does what is due. */
  public void onTime() {
    long nowNs = core.time().nanoTime();
    long dueNs = core.timers().nextTimeNs();
    if (dueNs != Long.MAX_VALUE && dueNs - nowNs <= 0) {
      load.happened(dueNs, nowNs);
      shares.allow(load.allowed(), Load.WHOLE);
    }
    core.timers().run(nowNs);
  }

  /** Questions in progress, each joined one counted. */
  public int waiters() {
    return shares.count();
  }

  /** Bytes that questions in progress hold, as they are charged for. */
  public long heldBytes() {
    return shares.bytes();
  }

  /** Questions to servers in progress. */
  public int fetches() {
    return fetches.count();
  }

  /** The history of servers, sorted by the text of their addresses. */
  public List<ServerState> servers() {
    return core.servers().states(core.time().nanoTime());
  }
}
