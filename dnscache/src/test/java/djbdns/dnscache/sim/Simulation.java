package djbdns.dnscache.sim;

import djbdns.client.ServerAddress;
import djbdns.dnscache.cache.CacheInvariants;
import djbdns.dnscache.cache.ShardedCache;
import djbdns.dnscache.resolve.Resolver;
import djbdns.dnscache.resolve.policy.ResolverConfig;
import djbdns.dnscache.resolve.policy.ResolverLimits;
import djbdns.wire.Name;
import djbdns.wire.Rcode;
import djbdns.wire.message.ExtendedError;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;

/** One run: an internet, clients with questions, changes and the passing of time. */
final class Simulation {
  private static final long SLACK_MS = 100;
  private static final long BURST_NS =
      (ResolverLimits.QUERY_DEADLINE_MS + 2_000) * SimClock.NS_PER_MS;
  private static final int LARGEST_CACHE_BYTES = 1_000_000;
  private static final int[] CACHE_BYTES = {20_000, 100_000, LARGEST_CACHE_BYTES};

  /** How long the failure of one question may speak for the next (RFC 9520, 3.2). */
  private static final long FAILURE_NS =
      (ResolverLimits.FAILURE_TTL_SECONDS + 1) * SimClock.NS_PER_SECOND;

  private static final long LAST_LOOKUP_MS = 500;

  /** What it may take to find out that nobody says anything of use, where all say it at once. */
  private static final long FAST_MS = 5_000;

  /** A name may have failed as a server's, for a question that is not its own. */
  private static final long LOOKUP_NS =
      (ResolverLimits.QUERY_DEADLINE_MS + 1000L * ResolverLimits.FAILURE_TTL_SECONDS)
          * SimClock.NS_PER_MS;

  /** Whoever has said something within that time is not dead. */
  private static final long ALIVE_NS = 30 * SimClock.NS_PER_SECOND;

  private final SplittableRandom random;
  private final Internet internet;
  private final SimNetwork network;
  private final Oracle oracle;
  private final ShardedCache cache;
  private final Resolver resolver;
  private final QuestionGenerator questions;
  private final CacheCheck cacheCheck;
  private final PacketLaws laws;
  private final Set<SimClient> joined = new HashSet<>();
  private final List<SimClient> failed = new ArrayList<>();
  private final int bursts;
  private final Tally tally;
  private final boolean odd;

  /** True if packets may come from somebody else than the servers. */
  private final boolean attacked;

  /**
   * A run.
   *
   * @param odd whether odd servers live there
   */
  Simulation(long seed, boolean odd, Tally tally) {
    this.tally = tally;
    this.odd = odd;
    random = new SplittableRandom(seed);
    boolean large = seed % 500 == 0;
    internet =
        new InternetGenerator(random.nextLong(), large ? 300 : 12 + random.nextInt(30), odd)
            .generate();
    network = internet.network();
    oracle = new Oracle(internet);
    int cacheBytes = large ? 300_000 : CACHE_BYTES[random.nextInt(CACHE_BYTES.length)];
    cache = new ShardedCache(cacheBytes, random.split());
    resolver =
        new Resolver(
            config(),
            internet.configuredZones(),
            cache,
            network,
            random.split(),
            internet.clock(),
            new NoLog());
    questions = new QuestionGenerator(random.split(), internet, large ? 150 : 15);
    cacheCheck = new CacheCheck(cache, internet, oracle);
    bursts = large ? 20 : 6;
    network.addSpy(this::checkQuery);
    laws = new PacketLaws(network, internet.clock(), cacheBytes == LARGEST_CACHE_BYTES);
    network.addSpy(laws);
    attacked = random.nextInt(4) == 0;
    if (attacked) {
      network.addSpy(new OffPathAttacker(network, random.split()));
    }
  }

  private ResolverConfig config() {
    ResolverConfig standard = ResolverConfig.standard();
    return new ResolverConfig(
        false,
        internet.ipv4(),
        internet.ipv6(),
        standard.askPrivateServers(),
        standard.privateAnswers(),
        standard.minTtlSeconds(),
        standard.maxTtlSeconds(),
        true,
        Set.of());
  }

  /** For whoever wants to look closer at a seed that fails. */
  SimNetwork network() {
    return network;
  }

  Internet internet() {
    return internet;
  }

  void run() {
    try (cache) {
      for (int burst = 0; burst < bursts; burst++) {
        ask(odd && random.nextInt(3) == 0 ? 1 : 1 + random.nextInt(10));
        if (random.nextInt(3) == 0 || burst == bursts - 1) {
          cacheCheck.run();
        }
        passTime();
        if (!internet.turns().isEmpty() && random.nextBoolean()) {
          internet.turns().remove().make(oracle, internet.clock());
        }
        if (random.nextBoolean()) {
          new ZoneChange(random, internet, oracle).make();
        }
      }
      CacheInvariants.check(cache);
    }
  }

  private void ask(int count) {
    SimClock clock = internet.clock();
    List<SimClient> clients = new ArrayList<>();
    long sentBefore = network.sent();
    laws.begin(count);
    for (int i = 0; i < count; i++) {
      QuestionGenerator.Asked asked = questions.next();
      int address = random.nextInt(5);
      long delayMs = random.nextInt(2) == 0 ? 0 : random.nextInt(500);
      network.in(
          delayMs * SimClock.NS_PER_MS,
          () -> {
            SimClient client = new SimClient(clock, address, asked.name(), asked.type());
            clients.add(client);
            oracle.asked(asked.name(), asked.type());
            if (isOnItsWay(client)) {
              joined.add(client);
            }
            resolver.ask(asked.name(), asked.type(), client);
          });
    }
    network.run(resolver, clock.nanoTime() + BURST_NS);
    long packets = network.sent() - sentBefore;
    tally.countPackets(packets, count);
    check(
        packets <= (long) count * ResolverLimits.PACKETS_PER_QUERY,
        packets + " packets for " + count + " questions");
    check(clients.size() == count, "not all were asked");
    clients.stream().filter(Simulation::hasFailed).forEach(failed::add);
    clients.forEach(this::checkClient);
    clients.stream().filter(Simulation::hasFailed).forEach(this::checkFailure);
    joined.clear();
    check(resolver.waiters() == 0, resolver.waiters() + " waiters left");
    check(resolver.fetches() == 0, resolver.fetches() + " fetches left");
    check(resolver.nextTimeNs() == Long.MAX_VALUE, "a timer left");
    check(network.openCount() == 0, network.openCount() + " sockets left open");
  }

  private void checkClient(SimClient client) {
    check(client.told() == 1, client + " was told " + client.told() + " times");
    check(
        client.waitedMs() <= ResolverLimits.QUERY_DEADLINE_MS + SLACK_MS,
        client + " waited for " + client.waitedMs() + " ms");
    check(client.answer().isPresent(), client + " was dropped");
    // An attack makes questions go over TCP, which odd servers may not have.
    boolean mustAnswer =
        !(odd && attacked) && oracle.mustAnswer(client.name(), client.type(), client.askedNs());
    boolean late = hasFailed(client) && mustAnswer && isOutOfTime(client);
    check(
        attacked
            || !oracle.mustFailFast(client.name(), client.type())
            || client.waitedMs() <= FAST_MS,
        client + " waited for " + client.waitedMs() + " ms in vain");
    tally.count(
        hasFailed(client),
        mustAnswer,
        late,
        oracle.mayAnswer(client.name(), client.type()),
        client.waitedMs());
    Optional<String> problem =
        new AnswerCheck(
                oracle,
                client.answer().get(),
                client.type(),
                internet.clock().unixSeconds(),
                mustAnswer && !late)
            .problem(client.name());
    check(problem.isEmpty(), client + ": " + problem.orElse("") + " of " + speaker(client));
  }

  private static boolean hasFailed(SimClient client) {
    return client.answer().map(answer -> answer.rcode().equals(Rcode.SERVFAIL)).orElse(true);
  }

  private boolean isOnItsWay(SimClient client) {
    return laws.isOnItsWay(client.name(), client.type(), internet.siteOf(client.name()).apex());
  }

  /**
   * Nobody is told of a failure without a packet, only because other questions of the zone, or to
   * its servers, have failed: unless the same has failed a moment ago, or nothing comes from there.
   */
  private void checkFailure(SimClient client) {
    List<Oracle.Truth> truths = oracle.truths(client.name(), client.type());
    if (!(truths.getFirst() instanceof Oracle.Truth.Known(Outcome outcome, Site site))
        || truths.size() > 1
        || outcome instanceof Outcome.Alias
        || !site.forwarders().isEmpty()
        || !internet.calm()
        || attacked
        || !site.isWayHealthy()
        || joined.contains(client)) {
      return;
    }
    List<ServerAddress> addresses =
        site.servers().stream().flatMap(server -> server.addresses().stream()).toList();
    check(
        hasFailedBefore(client)
            || laws.wasAsked(client.name(), client.type(), client.askedNs() - LOOKUP_NS)
            || !laws.wasHeard(addresses, client.askedNs() - ALIVE_NS)
            || laws.wasSent(
                client.name(), client.type(), site.apex(), client.askedNs(), client.toldNs()),
        client
            + " failed without a packet "
            + client.answer().get().extendedError()
            + " of "
            + site);
  }

  private static boolean speaksFor(SimClient before, SimClient client) {
    return before != client
        && before.name().equals(client.name())
        && before.type() == client.type()
        && before.toldNs() <= client.toldNs()
        && before.toldNs() >= client.askedNs() - FAILURE_NS;
  }

  /** Whose word counts about what a client has asked. */
  private Object speaker(SimClient client) {
    return switch (oracle.truth(client.name(), client.type())) {
      case Oracle.Truth.Known(Outcome any, Site site) -> site;
      case Oracle.Truth.Anything() -> "a liar";
      case Oracle.Truth.Nothing() -> "nobody";
    };
  }

  /** True if the way was longer than the time allows, now or when the same was asked before. */
  private boolean isOutOfTime(SimClient client) {
    boolean fromCache =
        client.answer().get().extendedError().equals(OptionalInt.of(ExtendedError.CACHED_ERROR));
    // The last lookup of a server may have ended a little before the deadline.
    return client.waitedMs() >= ResolverLimits.QUERY_DEADLINE_MS - LAST_LOOKUP_MS
        || (fromCache && hasFailedBefore(client));
  }

  /** True if the same has failed a moment ago. */
  private boolean hasFailedBefore(SimClient client) {
    return failed.stream().anyMatch(before -> speaksFor(before, client));
  }

  /** Nobody is asked about names that a liar has made him the server of. */
  private void checkQuery(SimNetwork.Socket socket) {
    if (Liar.ADDRESSES.contains(socket.server())) {
      Name asked = socket.message().questions().getFirst().name();
      check(!internet.siteOf(asked).isTrusted(), "the liar is asked about " + asked);
    }
  }

  private void passTime() {
    long sentBefore = network.sent();
    long seconds =
        switch (random.nextInt(4)) {
          case 0 -> 0;
          case 1 -> random.nextInt(10);
          case 2 -> random.nextInt(1000);
          default -> random.nextInt(200_000);
        };
    long untilNs = internet.clock().nanoTime() + seconds * SimClock.NS_PER_SECOND;
    network.run(resolver, untilNs);
    internet.clock().moveTo(untilNs);
    check(network.sent() == sentBefore, "packets are sent though nobody asks");
  }

  private static void check(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }
}
