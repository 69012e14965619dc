package djbdns.dnscache.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.dnscache.resolve.Credulous;
import djbdns.dnscache.resolve.Resolver;
import djbdns.dnscache.resolve.Upstream;
import djbdns.dnscache.resolve.policy.ConfiguredZone;
import djbdns.dnscache.resolve.policy.ResolverConfig;
import djbdns.dnscache.sim.Names;
import djbdns.dnscache.sim.Records;
import djbdns.dnscache.sim.SimZone;
import djbdns.wire.Section;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Attackers who own a zone, and want another or want to keep the one that they have lost. */
final class DelegationTest {
  private static final String NXDOMAIN = "NXDOMAIN";
  private static final String GHOST_SERVER = "66.0.0.1";

  /** A resolver that believes everything, or ours. */
  private static Resolver resolver(Stage stage, boolean credulous) {
    return credulous
        ? stage.resolver(new Credulous(stage.network(), stage.cache(), stage.clock()))
        : stage.resolver();
  }

  /**
   * What comes of a name in a zone that its parent has given up two hours ago, with a delegation
   * that lived for one.
   *
   * @param type what the attacker has clients ask for meanwhile, to keep his zone alive
   * @param asked of which name
   */
  private static String afterTheEnd(boolean credulous, String asked, int type) {
    try (Stage stage = new Stage()) {
      SimZone ghost = stage.addZone("ghost.com", GHOST_SERVER, Stage.HOUR_SECONDS);
      ghost.add(Stage.address("www.ghost.com", 60, Stage.ATTACKER));
      // As many servers do, this one says in every reply who serves the zone.
      stage.serverOf("ghost.com").append(serversOf("ghost.com", "ns.ghost.com"), Section.AUTHORITY);
      SimZone sub = stage.addZone("sub.ghost.com", "66.0.0.2", 7 * Stage.DAY_SECONDS);
      sub.add(Stage.address("www.sub.ghost.com", 60, Stage.ATTACKER));
      Resolver resolver = resolver(stage, credulous);
      String www = asked.contains("sub") ? "www.sub.ghost.com" : "www.ghost.com";
      assertEquals(Stage.ATTACKER, Stage.addressIn(stage.ask(resolver, www)));
      stage.zone("com").remove(Names.of("ghost.com"));
      for (int minutes = 0; minutes < 120; minutes += 20) {
        stage.pass(resolver, 1200);
        stage.ask(resolver, asked, type);
      }
      return Stage.addressIn(stage.ask(resolver, www));
    }
  }

  @Test
  void shouldForgetAGhostDomainWhoseServersAreAskedFor() {
    assertEquals(Stage.ATTACKER, afterTheEnd(true, "ghost.com", Records.NS), "CVE-2012-1191");
    assertEquals(NXDOMAIN, afterTheEnd(false, "ghost.com", Records.NS));
  }

  @Test
  void shouldForgetAGhostDomainWhoseServersAddressesAreAskedFor() {
    assertEquals(Stage.ATTACKER, afterTheEnd(true, "ns.ghost.com", Records.A), "CVE-2026-42955");
    assertEquals(NXDOMAIN, afterTheEnd(false, "ns.ghost.com", Records.A));
  }

  @Test
  void shouldForgetAGhostDomainThatIsAskedForJustBeforeItsEnd() {
    assertEquals(Stage.ATTACKER, afterTheEnd(true, "other.ghost.com", Records.A));
    assertEquals(NXDOMAIN, afterTheEnd(false, "other.ghost.com", Records.A));
  }

  @Test
  void shouldForgetWhatAGhostDomainHasDelegated() {
    assertEquals(Stage.ATTACKER, afterTheEnd(true, "www.sub.ghost.com", Records.A));
    assertEquals(NXDOMAIN, afterTheEnd(false, "www.sub.ghost.com", Records.A));
  }

  /** The address of www.victim.com after somebody has asked for a name of the attacker's. */
  private static String afterPoison(boolean credulous, Poison poison) {
    try (Stage stage = new Stage()) {
      poison.put(stage);
      // Whoever is sent to the attacker for the victim's zone gets his address.
      SimZone fake = new SimZone(Names.of("victim.com"), 60, 60);
      fake.add(Stage.address("www.victim.com", 60, Stage.ATTACKER));
      stage.serverOf("attacker.com").serve(fake);
      Resolver resolver = resolver(stage, credulous);
      stage.ask(resolver, "victim.com", Records.NS);
      stage.ask(resolver, "lure.attacker.com", Records.A);
      return Stage.addressIn(stage.ask(resolver, "www.victim.com"));
    }
  }

  /** What the attacker puts into his zone. */
  private interface Poison {
    void put(Stage stage);
  }

  private static void assertHarmless(Poison poison) {
    assertEquals(Stage.ATTACKER, afterPoison(true, poison));
    assertEquals(Stage.RIGHT, afterPoison(false, poison));
  }

  private static Records serversOf(String zone, String server) {
    return Records.names(Names.of(zone), Records.NS, Stage.DAY_SECONDS, List.of(Names.of(server)));
  }

  @Test
  void shouldIgnoreServersNamedBesideAnAnswer() {
    // CVE-2025-59023, CVE-2025-11411: NS records of another zone, and their glue.
    assertHarmless(stage -> {
      stage.zone("attacker.com").add(Stage.address("lure.attacker.com", 60, "66.0.0.9"));
      stage
          .serverOf("attacker.com")
          .append(serversOf("victim.com", "ns.attacker.com"), Section.AUTHORITY);
      stage
          .serverOf("attacker.com")
          .append(
              Stage.address("ns.attacker.com", Stage.DAY_SECONDS, Stage.ATTACKER),
              Section.ADDITIONAL);
    });
  }

  @Test
  void shouldIgnoreAddressesThatNobodyAskedFor() {
    assertHarmless(stage -> {
      stage.zone("attacker.com").add(Stage.address("lure.attacker.com", 60, "66.0.0.9"));
      stage
          .serverOf("attacker.com")
          .append(Stage.address("www.victim.com", 3600, Stage.ATTACKER), Section.ADDITIONAL);
    });
  }

  @Test
  void shouldIgnoreGlueForAnothersServers() {
    assertHarmless(stage -> {
      SimZone zone = stage.zone("attacker.com");
      zone.add(serversOf("lure.attacker.com", "www.victim.com"));
      zone.addGlue(Stage.address("www.victim.com", Stage.DAY_SECONDS, Stage.ATTACKER));
    });
  }

  @Test
  void shouldNotLetAForwardersZoneSpeakForOthers() {
    // MaginotDNS: what comes from the servers of a configured zone counts for that zone only.
    for (boolean credulous : List.of(true, false)) {
      try (Stage stage = new Stage()) {
        stage.zone("attacker.com").add(Stage.address("lure.attacker.com", 60, "66.0.0.9"));
        stage
            .serverOf("attacker.com")
            .append(Stage.address("www.victim.com", 3600, Stage.ATTACKER), Section.AUTHORITY);
        ConfiguredZone forwarded =
            new ConfiguredZone(
                Names.of("attacker.com"),
                ConfiguredZone.Mode.FORWARD,
                List.of(Stage.server(Stage.ATTACKER)));
        Upstream network =
            credulous
                ? new Credulous(stage.network(), stage.cache(), stage.clock())
                : stage.network();
        Resolver resolver = stage.resolver(ResolverConfig.standard(), network, forwarded);
        stage.ask(resolver, "lure.attacker.com");
        assertEquals(
            credulous ? Stage.ATTACKER : Stage.RIGHT,
            Stage.addressIn(stage.ask(resolver, "www.victim.com")));
      }
    }
  }

  @Test
  void shouldNotAskServersWhereOnlyThisHostIs() {
    for (String address : List.of("127.0.0.1", "0.0.0.0", "::", "::1", "224.0.0.1")) {
      assertTrue(isAsked(address, true), "CVE-2026-50251 " + address);
      assertFalse(isAsked(address, false), address);
    }
  }

  /** True if a server is asked that a delegation names; a file that names it lifts the ban. */
  private static boolean isAsked(String address, boolean lifted) {
    try (Stage stage = new Stage()) {
      stage.addZone("bad.com", address);
      ConfiguredZone[] files =
          lifted
              ? new ConfiguredZone[] {
                new ConfiguredZone(
                    Names.of("elsewhere"),
                    ConfiguredZone.Mode.ITERATE,
                    List.of(Stage.server(address)))
              }
              : new ConfiguredZone[0];
      List<String> asked = new ArrayList<>();
      stage.network().addSpy(socket -> asked.add(socket.server().toString()));
      stage.ask(stage.resolver(ResolverConfig.standard(), files), "www.bad.com");
      return asked.contains(Stage.server(address).toString());
    }
  }

  @Test
  void shouldKeepPrivateAddressesOutOfPublicNames() {
    assertEquals("192.168.1.1", rebound(true), "DNS rebinding");
    assertEquals("NOERROR", rebound(false));
  }

  private static String rebound(boolean privateAnswers) {
    try (Stage stage = new Stage()) {
      stage.zone("attacker.com").add(Stage.address("www.attacker.com", 1, "192.168.1.1"));
      ResolverConfig standard = ResolverConfig.standard();
      ResolverConfig config =
          new ResolverConfig(
              false,
              true,
              true,
              standard.askPrivateServers(),
              privateAnswers,
              0,
              standard.maxTtlSeconds(),
              true,
              standard.ownAddresses());
      return Stage.addressIn(stage.ask(stage.resolver(config), "www.attacker.com"));
    }
  }

  @Test
  void shouldNotTakeAParentsZoneFromItsChild() {
    assertHarmless(stage -> {
      stage.zone("attacker.com").add(Stage.address("lure.attacker.com", 60, "66.0.0.9"));
      stage.serverOf("attacker.com").append(serversOf("com", "ns.attacker.com"), Section.AUTHORITY);
      stage
          .serverOf("attacker.com")
          .append(serversOf("victim.com", "ns.attacker.com"), Section.AUTHORITY);
      stage
          .serverOf("attacker.com")
          .append(
              Stage.address("ns.attacker.com", Stage.DAY_SECONDS, Stage.ATTACKER),
              Section.ADDITIONAL);
    });
  }
}
