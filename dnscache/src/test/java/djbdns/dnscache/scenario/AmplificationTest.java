package djbdns.dnscache.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.dnscache.resolve.Resolver;
import djbdns.dnscache.resolve.policy.ResolverLimits;
import djbdns.dnscache.sim.Behaviour;
import djbdns.dnscache.sim.Names;
import djbdns.dnscache.sim.Records;
import djbdns.dnscache.sim.SimClient;
import djbdns.dnscache.sim.SimZone;
import djbdns.wire.Name;
import djbdns.wire.Rcode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Attackers who want the resolver to work for them, against others or against itself. */
final class AmplificationTest {
  private static final int BAD_SERVERS = 16;

  /** Packets that one question sends out. */
  private static long packets(Stage stage, Resolver resolver, String name) {
    long before = stage.network().sent();
    stage.ask(resolver, name);
    return stage.network().sent() - before;
  }

  private static void nameServers(Stage stage, String parent, String zone, List<Name> servers) {
    stage.zone(parent).add(Records.names(Names.of(zone), Records.NS, Stage.DAY_SECONDS, servers));
  }

  private static List<Name> numbered(int count, String label, String parent) {
    return IntStream.range(0, count)
        .mapToObj(i -> Names.child(label + i, Names.of(parent)))
        .toList();
  }

  /** Names of servers that the victim does not have. */
  private static Stage withManyServers() {
    Stage stage = new Stage();
    nameServers(stage, "attacker.com", "nx.attacker.com", numbered(100, "none", "victim.com"));
    return stage;
  }

  /** Packets that one question about the attacker's zone brings upon the victim. */
  private static int packetsToVictim(boolean bounded) {
    try (Stage stage = withManyServers()) {
      List<Object> sent = new ArrayList<>();
      stage
          .network()
          .addSpy(socket -> {
            if (socket.server().equals(Stage.server(Stage.VICTIM_SERVER))) {
              sent.add(socket);
            }
          });
      stage.ask(bounded ? stage.resolver() : stage.unbounded(), "a.nx.attacker.com");
      return sent.size();
    }
  }

  @Test
  void shouldLookUpFewOfManyServers() {
    // NXNSAttack: CVE-2020-12662, CVE-2020-8616.
    assertTrue(packetsToVictim(false) >= BAD_SERVERS);
    assertTrue(packetsToVictim(true) <= ResolverLimits.SERVER_LOOKUPS_PER_QUERY);
  }

  /** A tree of zones: each has its servers in the zones below it, and the last ones have none. */
  private static void growTree(Stage stage, String zone, int depth) {
    List<Name> servers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      String below = zone + i;
      servers.add(Names.of("ns." + below + ".attacker.com"));
      if (depth > 1) {
        growTree(stage, below, depth - 1);
      }
    }
    nameServers(stage, "attacker.com", zone + ".attacker.com", servers);
  }

  private static long packetsIntoTree(boolean bounded) {
    try (Stage stage = new Stage()) {
      growTree(stage, "t", 4);
      Resolver resolver = bounded ? stage.resolver() : stage.unbounded();
      return packets(stage, resolver, "www.t.attacker.com");
    }
  }

  @Test
  void shouldSpendOneBudgetOnAllDelegations() {
    // CAMP, NRDelegation (CVE-2022-3204): work multiplies at each level.
    long unbounded = packetsIntoTree(false);
    assertTrue(unbounded > ResolverLimits.PACKETS_PER_QUERY, "" + unbounded);
    long bounded = packetsIntoTree(true);
    assertTrue(bounded <= 2 * ResolverLimits.SERVER_LOOKUPS_PER_QUERY, "" + bounded);
  }

  /** A chain of aliases, each in a zone of its own with many servers of which one works. */
  private static long packetsAlongAliases(boolean bounded) {
    try (Stage stage = new Stage()) {
      for (int i = 0; i < 14; i++) {
        String zone = "z" + i + ".attacker.com";
        Name next = Names.of("www.z" + (i + 1) + ".attacker.com");
        stage
            .addZone(zone, "66.0.1." + i)
            .add(Records.names(Names.of("www." + zone), Records.CNAME, 0, List.of(next)));
        addUselessServers(stage, zone);
      }
      stage.zone("attacker.com").add(Stage.address("www.z14.attacker.com", 0, "66.0.0.9"));
      Resolver resolver = bounded ? stage.resolver() : stage.unbounded();
      return packets(stage, resolver, "www.z0.attacker.com");
    }
  }

  /** Adds servers to a delegation that are those of somebody else, and say so. */
  private static void addUselessServers(Stage stage, String zone) {
    List<Name> servers = new ArrayList<>(numbered(14, "bad", zone));
    servers.add(Names.child("ns", Names.of(zone)));
    nameServers(stage, "attacker.com", zone, servers);
    for (int i = 0; i < 14; i++) {
      String useless = "66.1." + Math.floorMod(zone.hashCode(), 250) + "." + i;
      stage
          .zone("attacker.com")
          .addGlue(Stage.address("bad" + i + "." + zone, Stage.DAY_SECONDS, useless));
      stage.addRefusingServer(useless);
    }
  }

  @Test
  void shouldNotResetTheBudgetAtAliases() {
    // CAMP, CVE-2026-50045.
    long unbounded = packetsAlongAliases(false);
    assertTrue(unbounded > ResolverLimits.PACKETS_PER_QUERY, "" + unbounded);
    assertEquals(ResolverLimits.PACKETS_PER_QUERY, packetsAlongAliases(true));
  }

  /** Entries that one question about a chain of aliases leaves in the cache. */
  private static long entriesLeft(boolean bounded, int aliases, String expected) {
    try (Stage stage = new Stage()) {
      SimZone zone = stage.zone("attacker.com");
      for (int i = 0; i < aliases; i++) {
        Name owner = Names.of("c" + i + ".attacker.com");
        Name target = Names.of("c" + (i + 1) + ".attacker.com");
        zone.add(Records.names(owner, Records.CNAME, 60, List.of(target)));
      }
      zone.add(Stage.address("c" + aliases + ".attacker.com", 60, Stage.RIGHT));
      Resolver resolver = bounded ? stage.resolver() : stage.unbounded();
      assertEquals(expected, Stage.addressIn(stage.ask(resolver, "c0.attacker.com")));
      return stage.cache().stats().entries();
    }
  }

  @Test
  void shouldKeepFewAliasesOfOneQuestion() {
    // CacheFlush.
    String failed = Rcode.SERVFAIL.toString();
    assertTrue(entriesLeft(false, 200, Stage.RIGHT) > 200);
    int most = ResolverLimits.ALIASES + ResolverLimits.ALIASES_PER_REPLY;
    long others = entriesLeft(true, 5, Stage.RIGHT) - 6;
    assertTrue(entriesLeft(true, 200, failed) <= most + others + 1);
  }

  /** Sockets that are open while many clients ask about names in one zone that does not answer. */
  private static int questionsToOneZone(boolean bounded) {
    try (Stage stage = new Stage()) {
      Resolver resolver = bounded ? stage.resolver() : stage.unbounded();
      stage.ask(resolver, "www.victim.com");
      stage.serverOf("victim.com").behaviour(new Behaviour.Dead());
      for (int i = 0; i < 3 * ResolverLimits.FETCHES_PER_ZONE; i++) {
        stage.askLater(resolver, i % 7, i + ".victim.com", Records.A);
      }
      int fetches = resolver.fetches();
      stage.pass(resolver, 11);
      return fetches;
    }
  }

  @Test
  void shouldNotBringEverybodysQuestionsUponOneZone() {
    // Random names below one zone: they must not take what other zones need.
    assertTrue(questionsToOneZone(false) > 2 * ResolverLimits.FETCHES_PER_ZONE);
    assertTrue(questionsToOneZone(true) <= ResolverLimits.FETCHES_PER_ZONE);
  }

  /** Two zones, each of which has all its servers in the other. */
  private static Stage withCycle() {
    Stage stage = new Stage();
    nameServers(stage, "com", "one.com", numbered(4, "ns", "two.com"));
    nameServers(stage, "com", "two.com", numbered(4, "ns", "one.com"));
    return stage;
  }

  @Test
  void shouldRememberThatACycleLeadsNowhere() {
    // TsuNAME.
    long forgetful = 0;
    long remembering = 0;
    try (Stage stage = withCycle()) {
      Resolver resolver = stage.resolver();
      for (int i = 0; i < 20; i++) {
        forgetful += packets(stage, resolver, i + ".one.com");
        stage.cache().clear();
      }
    }
    try (Stage stage = withCycle()) {
      Resolver resolver = stage.resolver();
      for (int i = 0; i < 20; i++) {
        remembering += packets(stage, resolver, i + ".one.com");
      }
    }
    assertTrue(forgetful >= 40, "" + forgetful);
    assertTrue(remembering <= 5, "" + remembering);
  }

  @Test
  void shouldRememberServersThatDoNotReply() {
    long forgetful = 0;
    try (Stage stage = withDeadServer()) {
      for (int i = 0; i < 20; i++) {
        forgetful += packetsToDeadServer(stage, stage.resolver(), i);
      }
    }
    long remembering = 0;
    try (Stage stage = withDeadServer()) {
      Resolver resolver = stage.resolver();
      for (int i = 0; i < 20; i++) {
        remembering += packetsToDeadServer(stage, resolver, i);
      }
    }
    assertTrue(forgetful >= 5, "" + forgetful);
    assertTrue(2 * remembering < forgetful, remembering + " of " + forgetful);
  }

  /** The victim has a second server, which is dead. */
  private static Stage withDeadServer() {
    Stage stage = new Stage();
    SimZone com = stage.zone("com");
    Name dead = Names.of("dead.victim.com");
    com.add(
        Records.names(
            Names.of("victim.com"),
            Records.NS,
            Stage.DAY_SECONDS,
            List.of(dead, Names.of("ns.victim.com"))));
    com.addGlue(Stage.address("dead.victim.com", Stage.DAY_SECONDS, "20.0.0.99"));
    return stage;
  }

  private static long packetsToDeadServer(Stage stage, Resolver resolver, int number) {
    List<Object> sent = new ArrayList<>();
    stage
        .network()
        .addSpy(socket -> {
          if (socket.server().equals(Stage.server("20.0.0.99"))) {
            sent.add(socket);
          }
        });
    stage.ask(resolver, number + ".victim.com");
    return sent.size();
  }

  @Test
  void shouldRememberFailures() {
    // RFC 9520: who asks again at once is not worth another round.
    try (Stage stage = new Stage()) {
      stage.serverOf("victim.com").behaviour(new Behaviour.Lame(Behaviour.Excuse.SERVFAIL));
      Resolver resolver = stage.resolver();
      assertTrue(packets(stage, resolver, "www.victim.com") > 0);
      assertEquals(0, packets(stage, resolver, "www.victim.com"));
      stage.cache().clear();
      assertTrue(packets(stage, resolver, "www.victim.com") > 0, "if it were forgotten");
    }
  }

  @Test
  void shouldTryAgainSoonAfterAFailure() {
    try (Stage stage = new Stage()) {
      stage.serverOf("victim.com").behaviour(new Behaviour.Dead());
      Resolver resolver = stage.resolver();
      stage.ask(resolver, "www.victim.com");
      stage.serverOf("victim.com").behaviour(new Behaviour.Correct());
      stage.pass(resolver, ResolverLimits.FAILURE_TTL_SECONDS + 1);
      assertEquals(Stage.RIGHT, Stage.addressIn(stage.ask(resolver, "www.victim.com")));
    }
  }

  /** How many answers one client gets at one moment, of all that it has asked for slowly. */
  private static long pulse(boolean bounded) {
    try (Stage stage = new Stage()) {
      stage.serverOf("attacker.com").behaviour(new Behaviour.Slow(9_000));
      Resolver resolver = bounded ? stage.resolver() : stage.unbounded();
      List<SimClient> clients = new ArrayList<>();
      for (int i = 0; i < 2 * ResolverLimits.WAITERS_PER_CLIENT; i++) {
        clients.add(stage.askLater(resolver, i + ".attacker.com", Records.A));
      }
      stage.pass(resolver, 11);
      return clients.stream().filter(client -> client.answer().isPresent()).count();
    }
  }

  @Test
  void shouldNotGatherAnswersForOneClient() {
    // DNSBomb: CVE-2024-33655.
    assertEquals(2 * ResolverLimits.WAITERS_PER_CLIENT, pulse(false));
    assertEquals(ResolverLimits.WAITERS_PER_CLIENT, pulse(true));
  }
}
