package djbdns.dnscache.resolve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.client.Transport;
import djbdns.dnscache.resolve.policy.ConfiguredZone;
import djbdns.dnscache.resolve.policy.ResolverConfig;
import djbdns.dnscache.resolve.policy.ResolverLimits;
import djbdns.wire.Bytes;
import djbdns.wire.Header;
import djbdns.wire.Limits;
import djbdns.wire.Name;
import djbdns.wire.Rcode;
import djbdns.wire.RecordType;
import djbdns.wire.message.ExtendedError;
import djbdns.wire.message.Message;
import djbdns.wire.message.ResourceRecord;
import djbdns.wire.rdata.Aaaa;
import djbdns.wire.rdata.Cname;
import djbdns.wire.rdata.Dname;
import djbdns.wire.rdata.Ns;
import djbdns.wire.rdata.Txt;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that do odd things which other resolvers put up with. */
final class OddServersTest extends ScriptedResolver {
  private static final String SECOND = "192.0.2.4";
  private static final String THIRD = "192.0.2.5";
  private static final RecordType HTTPS = new RecordType(65);

  /** The leaf's zone has these servers. */
  private void putRoot(String... leaves) {
    refer(ROOT, "example.test", leaves);
  }

  /** A server that refers everything below a zone to the zone's servers, by glue. */
  private void refer(String from, String zone, String... leaves) {
    List<ResourceRecord> servers = new ArrayList<>();
    List<ResourceRecord> glue = new ArrayList<>();
    for (String leaf : leaves) {
      String server = "ns" + servers.size() + "." + zone;
      servers.add(rr(zone, new Ns(name(server))));
      glue.add(address(server, leaf));
    }
    network.put(
        from,
        asked -> {
          if (asked.name().isWithin(name(zone))) {
            asked.reply(ScriptedNetwork.response(asked, Header.QR, List.of(), servers, glue));
          } else {
            deny(asked, ".");
          }
        });
  }

  /** Answers for what it has; denies the rest. */
  private static Consumer<ScriptedNetwork.Asked> serving(String zone, ResourceRecord... records) {
    return asked -> {
      List<ResourceRecord> found = new ArrayList<>();
      for (ResourceRecord record : records) {
        boolean fits =
            record.rdata().type().equals(asked.type()) || record.rdata() instanceof Cname;
        if (fits && record.owner().equals(asked.name())) {
          found.add(record);
        }
      }
      if (found.isEmpty()) {
        deny(asked, zone);
      } else {
        answer(asked, found.toArray(new ResourceRecord[0]));
      }
    };
  }

  private static ScriptedNetwork.Server silentTo(
      Predicate<ScriptedNetwork.Asked> silent, Consumer<ScriptedNetwork.Asked> otherwise) {
    return asked -> {
      if (!silent.test(asked)) {
        otherwise.accept(asked);
      }
    };
  }

  /** Cuts every answer over UDP short. */
  private static ScriptedNetwork.Server truncating(Consumer<ScriptedNetwork.Asked> overTcp) {
    return asked -> {
      if (asked.transport == Transport.TCP) {
        overTcp.accept(asked);
      } else {
        asked.reply(
            ScriptedNetwork.response(asked, AA | Header.TC, List.of(), List.of(), List.of()));
      }
    };
  }

  private static void reply(ScriptedNetwork.Asked asked, Rcode rcode) {
    asked.reply(
        ScriptedNetwork.response(asked, Header.QR | rcode.code(), List.of(), List.of(), List.of()));
  }

  private static boolean hasCapitals(ScriptedNetwork.Asked asked) {
    for (int i = 0; i < asked.name().length(); i++) {
      byte letter = asked.name().byteAt(i);
      if (letter >= 'A' && letter <= 'Z') {
        return true;
      }
    }
    return false;
  }

  private Answer last() {
    return told.answers.getLast();
  }

  private Answer askFor(Resolver resolver, String name, RecordType type) {
    ask(resolver, name, type);
    return last();
  }

  /** At most three of any question to one server over one transport, whatever has happened. */
  private void assertFewPackets() {
    Map<String, Integer> counts = new HashMap<>();
    for (ScriptedNetwork.Asked asked : network.asked()) {
      counts.merge(asked.toString().toLowerCase(java.util.Locale.ROOT), 1, Integer::sum);
    }
    counts.forEach((line, count) ->
        assertTrue(count <= ResolverLimits.PACKETS_PER_SERVER, count + " times " + line));
  }

  @Test
  void shouldAnswerForNamesBesideOneThatTheServerIsSilentAbout() {
    putRoot(LEAF);
    network.put(
        LEAF,
        silentTo(
            asked -> asked.type().equals(HTTPS) || asked.name().equals(name("no.example.test")),
            serving("example.test", WWW, address("b.example.test", "198.51.100.2"))));
    Resolver resolver = iterating();
    assertEquals(Rcode.SERVFAIL, askFor(resolver, "www.example.test", HTTPS).rcode());
    assertEquals(Rcode.SERVFAIL, askFor(resolver, "no.example.test", RecordType.A).rcode());
    for (int i = 0; i < 5; i++) {
      resolver.ask(name("q" + i + ".example.test"), HTTPS.code(), new Told());
    }
    assertAnswers(askFor(resolver, "www.example.test", RecordType.A), "www.example.test");
    assertAnswers(askFor(resolver, "b.example.test", RecordType.A), "b.example.test");
    assertFewPackets();
  }

  @Test
  void shouldFindAZoneThatOneOfTwoWaysLeadsRoundInCirclesTo() {
    // a.test is served by a name in b.test, which has one server in a.test and one in c.test.
    network.put(
        ROOT,
        asked -> {
          if (asked.name().isWithin(name("a.test"))) {
            referWithoutGlue(asked, "a.test", "ns.b.test");
          } else if (asked.name().isWithin(name("b.test"))) {
            referWithoutGlue(asked, "b.test", "ns.a.test", "ns.c.test");
          } else if (asked.name().equals(name("ns.c.test"))) {
            answer(asked, address("ns.c.test", LEAF));
          } else {
            deny(asked, ".");
          }
        });
    network.put(
        LEAF,
        serving(
                "b.test",
                address("ns.b.test", LEAF),
                address("www.a.test", "198.51.100.1"),
                address("www2.a.test", "198.51.100.1"))
            ::accept);
    for (int i = 0; i < 10; i++) {
      cache.clear();
      Resolver resolver = iterating();
      assertAnswers(askFor(resolver, "www.a.test", RecordType.A), "www.a.test");
      assertAnswers(askFor(resolver, "www2.a.test", RecordType.A), "www2.a.test");
    }
  }

  private static void referWithoutGlue(
      ScriptedNetwork.Asked asked, String zone, String... servers) {
    List<ResourceRecord> names = new ArrayList<>();
    for (String server : servers) {
      names.add(rr(zone, new Ns(name(server))));
    }
    asked.reply(ScriptedNetwork.response(asked, Header.QR, List.of(), names, List.of()));
  }

  @ParameterizedTest
  @ValueSource(longs = {500, 1_100, 1_700, 3_000, 6_000})
  void shouldWaitForSlowTcp(long ms) {
    putRoot(LEAF);
    network.put(LEAF, truncating(asked -> network.later(ms, () -> answer(asked, WWW))));
    assertAnswers(askFor(iterating(), "www.example.test", RecordType.A), "www.example.test");
    assertFewPackets();
  }

  @ParameterizedTest
  @ValueSource(longs = {500, 1_100, 1_700, 3_000, 4_500})
  void shouldTakeALateReplyToAnEarlierPacket(long ms) {
    putRoot(LEAF, SECOND);
    for (String leaf : List.of(LEAF, SECOND)) {
      network.put(leaf, asked -> network.later(ms, () -> answer(asked, WWW)));
    }
    assertAnswers(askFor(iterating(), "www.example.test", RecordType.A), "www.example.test");
    long most =
        network.asked().stream().filter(asked -> asked.server.toString().equals(LEAF)).count();
    assertTrue(most <= 3, network.log()::toString);
  }

  @Test
  void shouldTakeALateReplyWhileItLooksForOtherServers() {
    network.put(
        ROOT,
        asked -> {
          if (asked.name().isWithin(name("example.test"))) {
            asked.reply(
                ScriptedNetwork.response(
                    asked,
                    Header.QR,
                    List.of(),
                    List.of(
                        rr("example.test", new Ns(name("ns.example.test"))),
                        rr("example.test", new Ns(name("ns.dead.test")))),
                    List.of(address("ns.example.test", LEAF))));
          } else if (asked.name().isWithin(name("dead.test"))) {
            asked.reply(
                ScriptedNetwork.response(
                    asked,
                    Header.QR,
                    List.of(),
                    List.of(rr("dead.test", new Ns(name("ns.dead.test")))),
                    List.of(address("ns.dead.test", THIRD))));
          } else {
            deny(asked, ".");
          }
        });
    network.put(LEAF, asked -> network.later(4_000, () -> answer(asked, WWW)));
    assertAnswers(askFor(iterating(), "www.example.test", RecordType.A), "www.example.test");
    assertTrue(
        network.log().stream().anyMatch(line -> line.contains(THIRD)), network.log()::toString);
  }

  /** Glue for the server is one address, the server's own zone says another. */
  private void putContradiction(String glue, String own) {
    network.put(
        ROOT,
        asked -> {
          if (asked.name().isWithin(name("example.test"))) {
            asked.reply(
                ScriptedNetwork.response(
                    asked,
                    Header.QR,
                    List.of(),
                    List.of(rr("example.test", new Ns(name("ns.other.test")))),
                    List.of(address("ns.other.test", glue))));
          } else if (asked.name().isWithin(name("other.test"))) {
            asked.reply(
                ScriptedNetwork.response(
                    asked,
                    Header.QR,
                    List.of(),
                    List.of(rr("other.test", new Ns(name("a.other.test")))),
                    List.of(address("a.other.test", THIRD))));
          } else {
            deny(asked, ".");
          }
        });
    network.put(THIRD, serving("other.test", address("ns.other.test", own))::accept);
  }

  @Test
  void shouldUseTheServersOwnAddressWhereGlueIsStale() {
    putContradiction(SECOND, LEAF);
    network.put(
        LEAF, serving("example.test", WWW, address("b.example.test", "198.51.100.2"))::accept);
    Resolver resolver = iterating();
    assertAnswers(askFor(resolver, "www.example.test", RecordType.A), "www.example.test");
    int before = network.asked().size();
    assertAnswers(askFor(resolver, "b.example.test", RecordType.A), "b.example.test");
    assertEquals(before + 1, network.asked().size(), "the right address at once");
  }

  @Test
  void shouldUseGlueWhereTheServersOwnAddressIsWrong() {
    putContradiction(LEAF, SECOND);
    network.put(SECOND, asked -> reply(asked, Rcode.SERVFAIL));
    network.put(LEAF, serving("example.test", WWW)::accept);
    Resolver resolver = iterating();
    ask(resolver, "ns.other.test", RecordType.A);
    assertAnswers(askFor(resolver, "www.example.test", RecordType.A), "www.example.test");
  }

  /** A zone whose servers have these names, which are the root's to know. */
  private void putGlueless(List<String> servers, ResourceRecord... known) {
    Consumer<ScriptedNetwork.Asked> root = serving(".", known);
    network.put(
        ROOT,
        asked -> {
          if (asked.name().isWithin(name("example.test"))) {
            referWithoutGlue(asked, "example.test", servers.toArray(new String[0]));
          } else {
            root.accept(asked);
          }
        });
  }

  private static ResourceRecord ipv6(String owner, String address) {
    return rr(
        owner,
        new Aaaa(Bytes.of(djbdns.client.ServerAddress.parse(address).orElseThrow().address())));
  }

  @Test
  void shouldFindServersThatHaveOnlyIpv6Addresses() {
    List<String> servers = List.of("ns1.test", "ns2.test", "ns3.test", "ns4.test");
    putGlueless(
        servers,
        servers.stream().map(server -> ipv6(server, "2001:db8::9")).toArray(ResourceRecord[]::new));
    network.put("2001:db8::9", serving("example.test", WWW)::accept);
    assertAnswers(askFor(iterating(), "www.example.test", RecordType.A), "www.example.test");
  }

  @Test
  void shouldFindTheOneServerOfFiveThatExists() {
    for (int exists = 0; exists < 5; exists++) {
      List<String> servers = List.of("ns0.no", "ns1.no", "ns2.no", "ns3.no", "ns4.no");
      putGlueless(servers, address(servers.get(exists), LEAF));
      network.put(LEAF, serving("example.test", WWW)::accept);
      cache.clear();
      assertAnswers(askFor(iterating(), "www.example.test", RecordType.A), "www.example.test");
    }
  }

  @Test
  void shouldFollowTheAliasOfAServersNameAsALastResort() {
    putGlueless(
        List.of("alias.test"),
        rr("alias.test", new Cname(name("ns.test"))),
        address("ns.test", LEAF));
    network.put(LEAF, serving("example.test", WWW)::accept);
    assertAnswers(askFor(iterating(), "www.example.test", RecordType.A), "www.example.test");
  }

  @Test
  void shouldUseACacheAmongTheServersAsALastResort() {
    putRoot(LEAF);
    network.put(
        LEAF,
        asked ->
            asked.reply(
                ScriptedNetwork.response(
                    asked, Header.QR | Header.RA, List.of(WWW), List.of(), List.of())));
    assertAnswers(askFor(iterating(), "www.example.test", RecordType.A), "www.example.test");
    putRoot(LEAF, SECOND);
    network.put(SECOND, serving("example.test", WWW)::accept);
    cache.clear();
    Resolver resolver = iterating();
    assertAnswers(askFor(resolver, "www.example.test", RecordType.A), "www.example.test");
    assertTrue(network.log().getLast().startsWith("UDP " + SECOND), network.log()::toString);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldAskTheParentAgainWhereTheOldServersFail(boolean silent) {
    putRoot(LEAF);
    network.put(LEAF, serving("example.test", WWW)::accept);
    Resolver resolver = iterating();
    ask(resolver, "www.example.test", RecordType.A);
    putRoot(SECOND);
    network.put(
        LEAF,
        asked -> {
          if (!silent) {
            reply(asked, Rcode.REFUSED);
          }
        });
    network.put(SECOND, serving("example.test", address("b.example.test", "198.51.100.2"))::accept);
    network.pass(resolver, 61_000);
    assertAnswers(askFor(resolver, "b.example.test", RecordType.A), "b.example.test");
  }

  private long parentAsked() {
    return network.log().stream()
        .filter(line -> line.startsWith("UDP " + ROOT) && line.contains("example.test"))
        .count();
  }

  @Test
  void shouldNotAskTheParentAgainSoonOrOften() {
    putRoot(LEAF);
    network.put(LEAF, serving("example.test", WWW)::accept);
    Resolver resolver = iterating();
    ask(resolver, "www.example.test", RecordType.A);
    network.put(LEAF, asked -> reply(asked, Rcode.REFUSED));
    long before = parentAsked();
    assertEquals(Rcode.SERVFAIL, askFor(resolver, "young.example.test", RecordType.A).rcode());
    assertEquals(before, parentAsked(), "the delegation is young");
    network.pass(resolver, 61_000);
    ask(resolver, "old.example.test", RecordType.A);
    assertEquals(before + 1, parentAsked());
    network.pass(resolver, 61_000);
    ask(resolver, "again.example.test", RecordType.A);
    assertEquals(before + 1, parentAsked(), "once in five minutes");
    network.pass(resolver, 300_000);
    ask(resolver, "later.example.test", RecordType.A);
    assertEquals(before + 2, parentAsked());
  }

  @Test
  void shouldNotTakeAForwardersReferralForADenial() {
    network.put(
        CACHE,
        asked ->
            asked.reply(
                ScriptedNetwork.response(
                    asked,
                    Header.QR | Header.RA,
                    List.of(),
                    List.of(rr(".", new Ns(name("a.root")))),
                    List.of())));
    network.put(
        SECOND,
        asked ->
            asked.reply(
                ScriptedNetwork.response(
                    asked, Header.QR | Header.RA, List.of(WWW), List.of(), List.of())));
    Resolver one = resolver(zone(".", ConfiguredZone.Mode.FORWARD, CACHE));
    assertEquals(Rcode.SERVFAIL, askFor(one, "a.example.test", RecordType.A).rcode());
    Resolver two = resolver(zone(".", ConfiguredZone.Mode.FORWARD, CACHE, SECOND));
    assertAnswers(askFor(two, "www.example.test", RecordType.A), "www.example.test");
  }

  @Test
  void shouldTakeAnEmptyReplyForNoDataIfNobodyKnowsBetter() {
    putRoot(LEAF);
    network.put(LEAF, asked -> reply(asked, Rcode.NOERROR));
    Resolver alone = iterating();
    Answer empty = askFor(alone, "www.example.test", RecordType.A);
    assertEquals(Rcode.NOERROR, empty.rcode());
    assertTrue(empty.records().isEmpty());
    int before = network.asked().size();
    ask(alone, "www.example.test", RecordType.A);
    assertTrue(network.asked().size() > before, "it is not remembered");
    putRoot(LEAF, SECOND);
    network.put(SECOND, serving("example.test", WWW)::accept);
    for (int i = 0; i < 5; i++) {
      cache.clear();
      assertAnswers(askFor(iterating(), "www.example.test", RecordType.A), "www.example.test");
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1_100, 3_000})
  void shouldPreferASlowConnectionToAnEmptyReply(long ms) {
    putRoot(LEAF, SECOND);
    network.put(LEAF, asked -> reply(asked, Rcode.NOERROR));
    network.put(SECOND, truncating(asked -> network.later(ms, () -> answer(asked, WWW))));
    assertAnswers(askFor(iterating(), "www.example.test", RecordType.A), "www.example.test");
  }

  /** What a question is charged at most while one of two servers is silent. */
  private long mostHeldBytes(ScriptedNetwork.Server other) {
    cache.clear();
    putRoot(LEAF, SECOND);
    network.put(LEAF, other);
    Resolver resolver = iterating();
    resolver.ask(name("www.example.test"), RecordType.A.code(), told);
    long most = 0;
    for (int i = 0; i < 200; i++) {
      network.pass(resolver, 20);
      most = Math.max(most, resolver.heldBytes());
    }
    network.pass(resolver, ResolverLimits.QUERY_DEADLINE_MS);
    assertEquals(0, resolver.heldBytes());
    return most;
  }

  @Test
  void shouldChargeForAReplyOfLastResort() {
    ResourceRecord[] many = new ResourceRecord[200];
    for (int i = 0; i < many.length; i++) {
      many[i] = address("www.example.test", "198.51.100." + i);
    }
    long without = mostHeldBytes(asked -> reply(asked, Rcode.REFUSED));
    long with =
        mostHeldBytes(asked ->
            asked.reply(
                ScriptedNetwork.response(
                    asked, Header.QR | Header.RA, List.of(many), List.of(), List.of())));
    assertAnswers(last(), "www.example.test");
    assertTrue(with >= without + 200 * 6, () -> "charged " + with + " and " + without);
  }

  @Test
  void shouldTakeAnEmptyReplyWhereAConnectionLeadsNowhere() {
    putRoot(LEAF, SECOND);
    network.put(LEAF, asked -> reply(asked, Rcode.NOERROR));
    network.put(SECOND, truncating(asked -> {}));
    assertEquals(Rcode.NOERROR, askFor(iterating(), "www.example.test", RecordType.A).rcode());
  }

  @ParameterizedTest
  @ValueSource(longs = {500, 1_100, 1_842, 3_000})
  void shouldTakeTheReplyOfServersThatAnswerAQuestionOnce(long ms) {
    putRoot(LEAF, SECOND);
    for (String leaf : List.of(LEAF, SECOND)) {
      List<String> heard = new ArrayList<>();
      network.put(
          leaf,
          asked -> {
            if (heard.isEmpty()) {
              network.later(ms, () -> answer(asked, WWW));
            }
            heard.add(asked.toString());
          });
    }
    assertAnswers(askFor(iterating(), "www.example.test", RecordType.A), "www.example.test");
  }

  /** What a server says to a type that it does not know. */
  enum Dislike {
    NOTIMP,
    FORMERR
  }

  @ParameterizedTest
  @EnumSource(Dislike.class)
  void shouldKeepEdnsForAServerThatDoesNotKnowAType(Dislike dislike) {
    Rcode rcode = dislike == Dislike.NOTIMP ? Rcode.NOTIMP : Rcode.FORMERR;
    putRoot(LEAF);
    network.put(
        LEAF,
        asked -> {
          if (asked.type().equals(HTTPS)) {
            asked.reply(
                new Message(
                    asked.query.id(),
                    Header.QR | rcode.code(),
                    asked.query.questions(),
                    List.of(),
                    List.of(),
                    List.of(),
                    Optional.empty()));
          } else {
            answer(asked, WWW);
          }
        });
    Resolver resolver = iterating();
    assertEquals(Rcode.SERVFAIL, askFor(resolver, "www.example.test", HTTPS).rcode());
    ask(resolver, "www.example.test", RecordType.A);
    assertTrue(network.asked().getLast().query.edns().isPresent());
  }

  /** A reply without its question. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldNotWaitAfterAReplyWithoutItsQuestion(boolean toPlainOnesToo) {
    putRoot(LEAF);
    network.put(
        LEAF,
        asked -> {
          if (toPlainOnesToo || asked.query.edns().isPresent()) {
            byte[] bare = new byte[Limits.HEADER_BYTES];
            bare[0] = (byte) (asked.query.id() >> 8);
            bare[1] = (byte) asked.query.id();
            bare[2] = (byte) 0x84;
            asked.reply(bare);
          } else {
            answer(asked, WWW);
          }
        });
    Resolver resolver = iterating();
    resolver.ask(name("www.example.test"), RecordType.A.code(), told);
    network.pass(resolver, 100);
    Rcode expected = toPlainOnesToo ? Rcode.SERVFAIL : Rcode.NOERROR;
    assertEquals(expected, told.only().rcode());
    assertFewPackets();
  }

  /** What a server says to a part of a name that it has. */
  enum ToPart {
    SILENCE,
    REFUSED,
    SERVFAIL,
    NXDOMAIN,
    SHORT
  }

  @ParameterizedTest
  @EnumSource(ToPart.class)
  void shouldAskForWholeNamesWhereAServerDoesNotBearParts(ToPart toPart) {
    Name whole = name("4.3.2.10.in-addr.arpa");
    network.put(
        LEAF,
        asked -> {
          if (asked.name().equals(whole)) {
            answer(asked, rr(whole.toString(), new djbdns.wire.rdata.Ptr(name("www.test"))));
            return;
          }
          switch (toPart) {
            case SILENCE -> {}
            case REFUSED -> reply(asked, Rcode.REFUSED);
            case SERVFAIL -> reply(asked, Rcode.SERVFAIL);
            case NXDOMAIN ->
                asked.reply(
                    ScriptedNetwork.response(
                        asked,
                        AA | Rcode.NXDOMAIN.code(),
                        List.of(),
                        List.of(soa("10.in-addr.arpa")),
                        List.of()));
            case SHORT -> asked.reply(new byte[4]);
          }
        });
    Resolver resolver = resolver(zone("10.in-addr.arpa", ConfiguredZone.Mode.ITERATE, LEAF));
    for (int i = 0; i < 3; i++) {
      cache.clear();
      assertAnswers(askFor(resolver, whole.toString(), RecordType.PTR), whole.toString());
    }
    int before = network.asked().size();
    cache.clear();
    ask(resolver, whole.toString(), RecordType.PTR);
    assertEquals(before + 1, network.asked().size(), "the zone is known to behave so");
  }

  @Test
  void shouldNotLetADeniedPartAnswerAnybody() {
    putRoot(LEAF);
    ResourceRecord text = rr("part.example.test", new Txt(List.of(Bytes.ofText("text"))));
    network.put(
        LEAF,
        asked -> {
          if (asked.type().equals(RecordType.A) && asked.name().equals(name("part.example.test"))) {
            asked.reply(
                ScriptedNetwork.response(
                    asked,
                    AA | Rcode.NXDOMAIN.code(),
                    List.of(),
                    List.of(soa("example.test")),
                    List.of()));
          } else {
            serving("example.test", text, address("www.part.example.test", "198.51.100.3"))
                .accept(asked);
          }
        });
    Resolver resolver = iterating();
    assertAnswers(askFor(resolver, "www.part.example.test", RecordType.A), "www.part.example.test");
    assertAnswers(askFor(resolver, "part.example.test", RecordType.TXT), "part.example.test");
  }

  @Test
  void shouldTellTheWholeNameWhereMinimisationIsOff() {
    putRoot(LEAF);
    network.put(LEAF, serving("example.test", WWW)::accept);
    ResolverConfig standard = ResolverConfig.standard();
    ResolverConfig whole =
        new ResolverConfig(
            false, true, true, true, true, 0, standard.maxTtlSeconds(), false, java.util.Set.of());
    ask(
        resolver(whole, zone(".", ConfiguredZone.Mode.ITERATE, ROOT)),
        "www.example.test",
        RecordType.A);
    assertTrue(
        network.asked().stream().allMatch(asked -> asked.name().equals(name("www.example.test"))),
        network.log()::toString);
  }

  /** What a server does with letters that are not small. */
  enum ToCapitals {
    SILENCE,
    REFUSED,
    SERVFAIL,
    FORMERR
  }

  @ParameterizedTest
  @EnumSource(ToCapitals.class)
  void shouldTrySmallLettersBeforeItGivesUpAndRememberThat(ToCapitals reaction) {
    putRoot(LEAF);
    network.put(
        LEAF,
        asked -> {
          if (!hasCapitals(asked)) {
            answer(asked, address(asked.name().toString(), "198.51.100.1"));
            return;
          }
          switch (reaction) {
            case SILENCE -> {}
            case REFUSED -> reply(asked, Rcode.REFUSED);
            case SERVFAIL -> reply(asked, Rcode.SERVFAIL);
            case FORMERR -> reply(asked, Rcode.FORMERR);
          }
        });
    Resolver resolver = iterating();
    assertAnswers(askFor(resolver, "www.example.test", RecordType.A), "www.example.test");
    int before = network.asked().size();
    assertAnswers(askFor(resolver, "another.example.test", RecordType.A), "another.example.test");
    assertEquals(before + 1, network.asked().size());
    assertFewPackets();
  }

  @Test
  void shouldGoOnWithRandomLettersAfterLostPackets() {
    putRoot(LEAF);
    network.put(LEAF, asked -> answer(asked, address(asked.name().toString(), "198.51.100.1")));
    Resolver resolver = iterating();
    ask(resolver, "www.example.test", RecordType.A);
    List<ScriptedNetwork.Asked> lost = new ArrayList<>();
    network.put(
        LEAF,
        asked -> {
          if (lost.size() < 2) {
            lost.add(asked);
          } else {
            answer(asked, address(asked.name().toString(), "198.51.100.1"));
          }
        });
    assertAnswers(askFor(resolver, "other.example.test", RecordType.A), "other.example.test");
    boolean capitals = false;
    for (int i = 0; i < 3; i++) {
      ask(resolver, "some-long-name" + i + ".example.test", RecordType.A);
      capitals |= hasCapitals(network.asked().getLast());
    }
    assertTrue(capitals);
  }

  @Test
  void shouldTellACircleOfAliasesOnce() {
    putRoot(LEAF);
    network.put(
        LEAF,
        serving(
                "example.test",
                rr("a.example.test", new Cname(name("b.example.test"))),
                rr("b.example.test", new Cname(name("a.example.test"))))
            ::accept);
    Resolver resolver = iterating();
    for (int i = 0; i < 2; i++) {
      Answer answer = askFor(resolver, "a.example.test", RecordType.A);
      assertEquals(Rcode.NOERROR, answer.rcode());
      assertEquals(2, answer.records().size());
      assertEquals(ExtendedError.OTHER, answer.extendedError().orElseThrow());
    }
  }

  @Test
  void shouldSayThatAnAliasIsTooLongWithTheDnameThatMakesIt() {
    String label = "a".repeat(60);
    putRoot(LEAF);
    ResourceRecord dname =
        rr("example.test", new Dname(name(String.join(".", label, label, label, "test"))));
    network.put(LEAF, asked -> answer(asked, dname));
    Resolver resolver = iterating();
    for (String child : List.of("b", "c")) {
      Answer answer = askFor(resolver, child.repeat(60) + ".example.test", RecordType.A);
      if (answer.rcode().equals(Rcode.YXDOMAIN)) {
        assertEquals(name("example.test"), answer.records().getLast().owner());
      } else {
        assertFalse(answer.rcode().equals(Rcode.SERVFAIL), answer::toString);
      }
    }
    Answer answer =
        askFor(resolver, "b".repeat(60) + "." + "c".repeat(60) + ".example.test", RecordType.A);
    assertEquals(Rcode.YXDOMAIN, answer.rcode());
    assertEquals(name("example.test"), answer.records().getLast().owner());
  }

  @Test
  void shouldHaveFewPacketsOpenAtOnce() {
    putRoot(LEAF, SECOND, THIRD, "192.0.2.6", "192.0.2.7", "192.0.2.8");
    Resolver resolver = iterating();
    resolver.ask(name("www.example.test"), RecordType.A.code(), told);
    for (int i = 0; i < 90; i++) {
      network.pass(resolver, 100);
      long open = network.asked().stream().filter(asked -> !asked.isClosed()).count();
      assertTrue(open <= ResolverLimits.OPEN_PACKETS_PER_FETCH, open + " open");
    }
    network.pass(resolver, 2_000);
    assertEquals(Rcode.SERVFAIL, told.only().rcode());
    assertFewPackets();
  }
}
