package djbdns.dnscache.resolve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.client.Transport;
import djbdns.dnscache.resolve.policy.ConfiguredZone;
import djbdns.dnscache.resolve.policy.ConfiguredZones;
import djbdns.dnscache.resolve.policy.ResolverConfig;
import djbdns.dnscache.resolve.policy.ResolverLimits;
import djbdns.wire.Bytes;
import djbdns.wire.Header;
import djbdns.wire.Question;
import djbdns.wire.Rcode;
import djbdns.wire.RecordType;
import djbdns.wire.message.ExtendedError;
import djbdns.wire.message.Message;
import djbdns.wire.message.ResourceRecord;
import djbdns.wire.rdata.Cname;
import djbdns.wire.rdata.Dname;
import djbdns.wire.rdata.Ds;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** The resolver's ways through a network of a few scripted servers. */
final class ResolverTest extends ScriptedResolver {
  @Test
  void shouldFollowAReferralTellingEachServerNoMoreThanItNeeds() {
    putRoot();
    network.put(LEAF, asked -> answer(asked, WWW));
    ask(iterating(), "www.example.test", RecordType.A);
    assertAnswers(told.only(), "www.example.test");
    assertEquals(
        List.of(
            "UDP 192.0.2.1 test A",
            "UDP 192.0.2.1 example.test A",
            "UDP 192.0.2.2 www.example.test A"),
        network.log());
  }

  @Test
  void shouldAskOnceForAllWhoWantToKnow() {
    putRoot();
    network.put(LEAF, asked -> answer(asked, WWW));
    Resolver resolver = iterating();
    for (int i = 0; i < 5; i++) {
      resolver.ask(name("www.example.test"), RecordType.A.code(), told);
    }
    network.pass(resolver, 1000);
    assertEquals(5, told.answers.size());
    assertEquals(3, network.asked().size());
    assertEquals(0, resolver.waiters());
    assertEquals(0, resolver.fetches());
  }

  @Test
  void shouldAnswerWithTheAliasThatACachedDnameMakesWhereAnAliasIsAskedFor() {
    putRoot();
    network.put(
        LEAF, asked -> answer(asked, rr("tree.example.test", new Dname(name("other.test")))));
    Resolver resolver = iterating();
    ask(resolver, "a.tree.example.test", RecordType.CNAME);
    ask(resolver, "b.tree.example.test", RecordType.CNAME);
    assertAnswers(told.answers.getFirst(), "a.tree.example.test");
    assertAnswers(told.answers.getLast(), "b.tree.example.test");
    assertEquals(2, told.answers.getLast().records().size());
  }

  @Test
  void shouldAskTheParentForDsRecords() {
    ResourceRecord ds = rr("example.test", new Ds(1, 8, 2, Bytes.of(new byte[32])));
    network.put(
        ROOT,
        asked -> {
          if (asked.type().equals(RecordType.DS)) {
            answer(asked, ds);
          } else {
            deny(asked, ".");
          }
        });
    ask(iterating(), "example.test", RecordType.DS);
    assertAnswers(told.only(), "example.test");
    assertTrue(network.log().stream().allMatch(line -> line.contains(ROOT)));
  }

  @Test
  void shouldAskAgainInSmallLettersWhereTheServerDoesNotKeepThem() {
    network.put(
        ROOT,
        asked -> {
          if (asked.transport == Transport.TCP) {
            asked.fail(Upstream.SendFailure.REFUSED);
            return;
          }
          Question question = asked.query.questions().getFirst();
          Question small =
              new Question(question.name().lowerCase(), question.type(), question.recordClass());
          asked.reply(
              new Message(
                  asked.query.id(),
                  AA,
                  List.of(small),
                  List.of(WWW),
                  List.of(),
                  List.of(),
                  Optional.empty()));
        });
    Resolver resolver = resolver(zone("example.test", ConfiguredZone.Mode.ITERATE, ROOT));
    ask(resolver, "www.example.test", RecordType.A);
    assertAnswers(told.only(), "www.example.test");
    assertEquals(3, network.asked().size(), "UDP, TCP, and UDP in small letters");
    ask(resolver, "www.example.test", RecordType.AAAA);
    assertEquals(4, network.asked().size(), "it is remembered");
  }

  @Test
  void shouldAskWithoutEdnsWhereTheServerDoesNotKnowIt() {
    network.put(
        ROOT,
        asked -> {
          if (asked.query.edns().isPresent()) {
            asked.reply(
                new Message(
                    asked.query.id(),
                    Header.QR | Rcode.FORMERR.code(),
                    asked.query.questions(),
                    List.of(),
                    List.of(),
                    List.of(),
                    Optional.empty()));
          } else {
            answer(asked, WWW);
          }
        });
    Resolver resolver = resolver(zone("example.test", ConfiguredZone.Mode.ITERATE, ROOT));
    ask(resolver, "www.example.test", RecordType.A);
    assertAnswers(told.only(), "www.example.test");
    resolver.ask(name("other.example.test"), RecordType.A.code(), told);
    network.pass(resolver, 1000);
    assertTrue(network.asked().getLast().query.edns().isEmpty(), "it is remembered");
    network.pass(resolver, 3_600_000);
    ask(resolver, "third.example.test", RecordType.A);
    assertEquals(5, network.asked().size(), "but not for ever");
  }

  @Test
  void shouldGoOverToTcpWhenTheReplyIsCutShort() {
    network.put(
        ROOT,
        asked -> {
          if (asked.transport == Transport.UDP) {
            asked.reply(
                ScriptedNetwork.response(asked, AA | Header.TC, List.of(), List.of(), List.of()));
          } else {
            answer(asked, WWW);
          }
        });
    ask(
        resolver(zone("example.test", ConfiguredZone.Mode.ITERATE, ROOT)),
        "www.example.test",
        RecordType.A);
    assertAnswers(told.only(), "www.example.test");
  }

  @Test
  void shouldGoOverToTcpWhenManyPacketsAlmostFit() {
    network.put(
        ROOT,
        asked -> {
          if (asked.transport == Transport.UDP) {
            for (int i = 1; i <= ResolverLimits.NEAR_MISSES; i++) {
              Message guess =
                  ScriptedNetwork.response(asked, AA, List.of(WWW), List.of(), List.of());
              asked.reply(
                  new Message(
                      (guess.id() + i) & 0xffff,
                      guess.flags(),
                      guess.questions(),
                      guess.answers(),
                      guess.authority(),
                      guess.additional(),
                      guess.edns()));
            }
          } else {
            answer(asked, WWW);
          }
        });
    ask(
        resolver(zone("example.test", ConfiguredZone.Mode.ITERATE, ROOT)),
        "www.example.test",
        RecordType.A);
    assertAnswers(told.only(), "www.example.test");
    assertEquals(Transport.TCP, network.asked().getLast().transport);
  }

  @Test
  void shouldTellOfFailureBeforeTheDeadlineIsOver() {
    Resolver resolver = iterating();
    resolver.ask(name("www.example.test"), RecordType.A.code(), told);
    network.pass(resolver, ResolverLimits.QUERY_DEADLINE_MS);
    assertEquals(Rcode.SERVFAIL, told.only().rcode());
    assertEquals(Long.MAX_VALUE, resolver.nextTimeNs());
  }

  @Test
  void shouldRememberAFailureForAFewSeconds() {
    network.put(ROOT, asked -> asked.fail(Upstream.SendFailure.REFUSED));
    Resolver resolver = iterating();
    resolver.ask(name("www.example.test"), RecordType.A.code(), told);
    network.pass(resolver, 4000);
    int before = network.asked().size();
    resolver.ask(name("www.example.test"), RecordType.A.code(), told);
    assertEquals(2, told.answers.size());
    assertEquals(ExtendedError.CACHED_ERROR, told.answers.getLast().extendedError().orElseThrow());
    assertEquals(before, network.asked().size());
  }

  @Test
  void shouldAskACacheToRecurseWhereAFileSaysSo() {
    network.put(
        CACHE,
        asked -> {
          assertEquals(Header.RD, asked.query.flags());
          asked.reply(
              ScriptedNetwork.response(
                  asked,
                  Header.QR | Header.RD | Header.RA,
                  List.of(
                      rr("www.example.test", new Cname(name("other.test"))),
                      address("other.test", "198.51.100.7")),
                  List.of(),
                  List.of()));
        });
    ask(resolver(zone(".", ConfiguredZone.Mode.FORWARD, CACHE)), "www.example.test", RecordType.A);
    assertAnswers(told.only(), "other.test");
    assertEquals(1, network.asked().size());
  }

  @Test
  void shouldIterateWhereTheCacheThatWasToBeAskedFirstFails() {
    putRoot();
    network.put(LEAF, asked -> answer(asked, WWW));
    network.put(CACHE, asked -> asked.fail(Upstream.SendFailure.REFUSED));
    ask(
        resolver(
            zone(".", ConfiguredZone.Mode.ITERATE, ROOT),
            zone("test", ConfiguredZone.Mode.FORWARD_FIRST, CACHE)),
        "www.example.test",
        RecordType.A);
    assertAnswers(told.only(), "www.example.test");
    assertEquals("UDP 192.0.2.3 www.example.test A", network.log().getFirst());
  }

  @Test
  void shouldAskNobodyElseThanTheCacheWithForwardOnly() {
    putRoot();
    network.put(CACHE, asked -> asked.fail(Upstream.SendFailure.REFUSED));
    ResolverConfig forwardOnly =
        new ResolverConfig(true, true, true, true, true, 0, 604_800, true, java.util.Set.of());
    ask(
        resolver(forwardOnly, zone("test", ConfiguredZone.Mode.FORWARD_FIRST, CACHE)),
        "www.example.test",
        RecordType.A);
    assertEquals(Rcode.SERVFAIL, told.only().rcode());
    assertTrue(
        network.log().stream().allMatch(line -> line.contains(CACHE)), network.log()::toString);
  }

  @Test
  void shouldSayWhoWasAskedInVain() {
    network.put(ROOT, asked -> asked.fail(Upstream.SendFailure.REFUSED));
    network.put(LEAF, asked -> asked.fail(Upstream.SendFailure.REFUSED));
    ask(
        resolver(zone(".", ConfiguredZone.Mode.FORWARD, ROOT, LEAF)),
        "www.example.test",
        RecordType.A);
    Asked asked = told.only().asked().getLast();
    assertEquals(Optional.empty(), asked.server());
    assertEquals("[192.0.2.1, 192.0.2.2]", asked.inVain().toString());
    assertFalse(asked.heard());
  }

  @Test
  void shouldFailWhereForwardOnlyHasNoCacheToAsk() {
    ResolverConfig forwardOnly =
        new ResolverConfig(true, true, true, true, true, 0, 604_800, true, java.util.Set.of());
    ask(resolver(forwardOnly), "www.example.test", RecordType.A);
    assertEquals(Rcode.SERVFAIL, told.only().rcode());
    assertTrue(network.asked().isEmpty());
  }

  @Test
  void shouldFailAtOnceWithoutAskingAnybodyWhereAZoneHasNoServers() {
    for (ConfiguredZone.Mode mode :
        List.of(ConfiguredZone.Mode.ITERATE, ConfiguredZone.Mode.FORWARD)) {
      for (String zone : List.of(".", "test", "www.example.test")) {
        for (RecordType type : List.of(RecordType.A, RecordType.DS)) {
          cache.clear();
          told.answers.clear();
          resolver(zone(zone, mode)).ask(name("www.example.test"), type.code(), told);
          Answer answer = told.only();
          assertEquals(Rcode.SERVFAIL, answer.rcode());
          assertEquals(
              OptionalInt.of(ExtendedError.NO_REACHABLE_AUTHORITY), answer.extendedError());
        }
      }
    }
    assertEquals(List.of(), network.log(), "the root servers are not asked who they are");
  }

  @Test
  void shouldNotFollowDelegationsOfAZoneThatHasLostItsServers() {
    putRoot();
    network.put(LEAF, asked -> answer(asked, WWW));
    Resolver resolver = iterating();
    ask(resolver, "www.example.test", RecordType.A);
    int asked = network.asked().size();
    resolver.configure(new ConfiguredZones(List.of(zone(".", ConfiguredZone.Mode.ITERATE))));
    ask(resolver, "other.example.test", RecordType.A);
    assertEquals(Rcode.SERVFAIL, told.answers.getLast().rcode());
    ask(resolver, "www.example.test", RecordType.A);
    assertAnswers(told.answers.getLast(), "www.example.test");
    assertEquals(asked, network.asked().size());
  }

  @Test
  void shouldIterateWhereThereAreNoCachesToBeAskedFirst() {
    putRoot();
    network.put(LEAF, asked -> answer(asked, WWW));
    ask(
        resolver(
            zone(".", ConfiguredZone.Mode.ITERATE, ROOT),
            zone("test", ConfiguredZone.Mode.FORWARD_FIRST)),
        "www.example.test",
        RecordType.A);
    assertAnswers(told.only(), "www.example.test");
  }

  @Test
  void shouldAskNobodyElseAboutAConfiguredZoneForItsDsRecords() {
    network.put(LEAF, asked -> deny(asked, "example.test"));
    ask(
        resolver(zone("example.test", ConfiguredZone.Mode.ITERATE, LEAF)),
        "example.test",
        RecordType.DS);
    assertEquals(Rcode.NOERROR, told.only().rcode());
    assertEquals(List.of("UDP 192.0.2.2 example.test DS"), network.log());
  }

  @Test
  void shouldUseOtherServersOnceConfiguredAnew() {
    network.put(ROOT, asked -> answer(asked, WWW));
    network.put(LEAF, asked -> answer(asked, address("www.example.test", "198.51.100.9")));
    Resolver resolver = resolver(zone("example.test", ConfiguredZone.Mode.ITERATE, ROOT));
    resolver.configure(
        new ConfiguredZones(List.of(zone("example.test", ConfiguredZone.Mode.ITERATE, LEAF))));
    ask(resolver, "www.example.test", RecordType.A);
    assertEquals(List.of("UDP 192.0.2.2 www.example.test A"), network.log());
  }

  @Test
  void shouldPrimeTheRootServersWhenFirstNeeded() {
    Resolver resolver = resolver();
    assertTrue(network.asked().isEmpty(), "a start needs no network");
    ask(resolver, "www.example.test", RecordType.A);
    assertTrue(network.log().stream().anyMatch(line -> line.endsWith(" . NS")));
    assertFalse(network.log().stream().allMatch(line -> line.endsWith(" . NS")));
  }
}
