package djbdns.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import djbdns.wire.MalformedTextException;
import djbdns.wire.Name;
import djbdns.wire.RecordType;
import djbdns.wire.rdata.Mx;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Every kind of lookup, with a cache that is a function. */
final class LookupTest {
  private static final ServerAddress SERVER = ServerAddress.parseList("127.0.0.1").getFirst();
  private static final Qualifier SEARCH = Qualifier.ofRules("?:+.one.test+.two.test\n*.:");

  private final TestCache cache =
      TestCache.of(
          "www.test. 60 A 192.0.2.1",
          "www.test. 60 A 192.0.2.2",
          "www.test. 30 AAAA 2001:db8::1",
          "four.test. 60 A 192.0.2.4",
          "six.test. 60 AAAA 2001:db8::6",
          "alias.test. 60 CNAME www.test.",
          "test. 60 MX 20 b.test.",
          "test. 60 MX 10 a.test.",
          "test. 60 TXT \"one\" \"two\"",
          "_imaps._tcp.test. 60 SRV 2 0 993 b.test.",
          "_imaps._tcp.test. 60 SRV 1 0 993 a.test.",
          "www.test. 60 HTTPS 2 b.test.",
          "www.test. 60 HTTPS 1 . alpn=h2",
          "1.2.0.192.in-addr.arpa. 60 PTR www.test.",
          "host.two.test. 60 A 192.0.2.7");

  /** Predictable on purpose: the tests must be repeatable. */
  private final Random random = new Random(1);

  private final List<String> asked = new ArrayList<>();

  /** Answers later, as a network does. */
  private final Queue<Runnable> later = new ArrayDeque<>();

  private <T> Outcome<T> run(Lookup<T> lookup, Function<Query, Step.End> servers) {
    List<Outcome<T>> outcomes = new ArrayList<>();
    LookupRun.Asker asker =
        (query, whenDone) -> {
          asked.add(query.question().type() + " " + query.question().name());
          later.add(() -> whenDone.accept(servers.apply(query)));
        };
    new LookupRun<>(lookup, SEARCH, random, asker, outcomes::add).start();
    while (!later.isEmpty()) {
      later.remove().run();
    }
    assertEquals(1, outcomes.size());
    return outcomes.getFirst();
  }

  private Step.End answer(Query query) {
    byte[] packet = cache.overUdp(query.packet(0)).getFirst();
    return new Step.Done(SERVER, Transport.UDP, packet);
  }

  private <T> Outcome<T> run(Lookup<T> lookup) {
    return run(lookup, this::answer);
  }

  private <T> T found(Lookup<T> lookup) {
    return run(lookup).orElseThrow();
  }

  private LookupError error(Lookup<?> lookup) {
    return errorOf(run(lookup));
  }

  private static LookupError errorOf(Outcome<?> outcome) {
    return assertInstanceOf(Outcome.NotFound.class, outcome).error();
  }

  private static List<String> texts(Addresses found) {
    return found.addresses().stream().map(InetAddress::getHostAddress).toList();
  }

  private static List<String> texts(Records<?> found) {
    return found.data().stream().map(Object::toString).toList();
  }

  private static Name name(String text) {
    try {
      return Name.parse(text);
    } catch (MalformedTextException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @Test
  void shouldAskForBothKindsOfAddressesAtOnce() {
    Addresses found = found(Lookup.addresses("alias.test"));
    assertEquals(List.of("AAAA alias.test", "A alias.test"), asked);
    assertEquals(List.of("2001:db8:0:0:0:0:0:1", "192.0.2.1", "192.0.2.2"), texts(found));
    assertEquals(name("alias.test"), found.name());
    assertEquals(name("www.test"), found.canonicalName());
    assertEquals(30, found.ttlSeconds());
  }

  @Test
  void shouldDoWithOneKindOfAddresses() {
    assertEquals(List.of("192.0.2.4"), texts(found(Lookup.addresses("four.test"))));
    assertEquals(List.of("2001:db8:0:0:0:0:0:6"), texts(found(Lookup.addresses("six.test"))));
    assertEquals(List.of("192.0.2.1", "192.0.2.2"), texts(found(Lookup.ipv4Addresses("www.test"))));
    assertEquals(List.of("2001:db8:0:0:0:0:0:1"), texts(found(Lookup.ipv6Addresses("www.test"))));
  }

  @Test
  void shouldDoWithOneKindIfTheOtherFails() {
    Function<Query, Step.End> servers =
        query ->
            query.question().type().equals(RecordType.AAAA)
                ? new Step.Failed(Failure.Reason.TIMED_OUT)
                : answer(query);
    Outcome<Addresses> outcome = run(Lookup.addresses("www.test"), servers);
    assertEquals(List.of("192.0.2.1", "192.0.2.2"), texts(outcome.orElseThrow()));
    // What failed might have been there.
    assertEquals(new LookupError.TimedOut(), errorOf(run(Lookup.addresses("six.test"), servers)));
  }

  @Test
  void shouldSayThatThereAreNoAddresses() {
    assertEquals(new LookupError.NoSuchName(name("no.test")), error(Lookup.addresses("no.test")));
    assertEquals(
        new LookupError.NoData(name("six.test"), RecordType.A),
        error(Lookup.ipv4Addresses("six.test")));
    assertEquals(
        new LookupError.NoData(name("test"), RecordType.AAAA), error(Lookup.addresses("test")));
  }

  @Test
  void shouldAskNobodyAboutAnAddress() {
    Addresses found = found(Lookup.addresses("192.0.2.9"));
    assertEquals(List.of("192.0.2.9"), texts(found));
    assertEquals(name("192.0.2.9"), found.name());
    assertEquals(List.of("2001:db8:0:0:0:0:0:9"), texts(found(Lookup.addresses("2001:db8::9"))));
    assertEquals(List.of("0:0:0:0:0:0:0:1"), texts(found(Lookup.addresses("::1").qualified())));
    assertEquals(
        new LookupError.NoData(name("192.0.2.9"), RecordType.AAAA),
        error(Lookup.ipv6Addresses("192.0.2.9")));
    assertEquals(List.of(), asked);
  }

  @Test
  void shouldFindNames() throws UnknownHostException {
    InetAddress address = InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, 1});
    assertEquals(List.of("www.test."), texts(found(Lookup.names(address))));
    byte[] ipv6 = new byte[16];
    ipv6[15] = 1;
    error(Lookup.names(InetAddress.getByAddress(ipv6)));
    assertEquals(
        List.of("PTR 1.2.0.192.in-addr.arpa", "PTR 1." + "0.".repeat(31) + "ip6.arpa"), asked);
  }

  @Test
  void shouldPutTheMostPreferredFirst() {
    assertEquals(List.of("10 a.test.", "20 b.test."), texts(found(Lookup.mailExchanges("test"))));
    assertEquals(
        List.of("1 0 993 a.test.", "2 0 993 b.test."),
        texts(found(Lookup.services("_imaps._tcp.test"))));
    assertEquals(
        List.of(1, 2),
        found(Lookup.httpsBindings("www.test")).data().stream()
            .map(https -> https.priority())
            .toList());
  }

  @Test
  void shouldPutEqualsInAnyOrder() {
    TestCache equals = TestCache.of("x.test. 60 MX 1 a.test.", "x.test. 60 MX 1 b.test.");
    Set<String> firsts = new HashSet<>();
    for (int i = 0; i < 50; i++) {
      Outcome<Records<Mx>> outcome =
          run(
              Lookup.mailExchanges("x.test"),
              query ->
                  new Step.Done(SERVER, Transport.UDP, equals.overUdp(query.packet(0)).getFirst()));
      firsts.add(outcome.orElseThrow().data().getFirst().exchange().toString());
    }
    assertEquals(Set.of("a.test", "b.test"), firsts);
  }

  @Test
  void shouldFindTexts() {
    assertEquals(
        List.of("one", "two"),
        found(Lookup.texts("test")).data().getFirst().strings().stream()
            .map(string -> string.toText())
            .toList());
  }

  @Test
  void shouldFindAnyType() {
    assertEquals(2, found(Lookup.records("test", RecordType.MX)).data().size());
    assertEquals(3, found(Lookup.records("test", RecordType.ANY)).data().size());
    for (RecordType type : List.of(RecordType.AXFR, RecordType.IXFR)) {
      assertThrows(IllegalArgumentException.class, () -> Lookup.records("test", type));
    }
  }

  @Test
  void shouldTakeNamesAsFullOnes() {
    assertEquals(new LookupError.NoSuchName(name("host")), error(Lookup.addresses("host")));
    assertEquals(List.of("AAAA host", "A host"), asked);
  }

  @Test
  void shouldTryQualifiedNamesInTurn() {
    Addresses found = found(Lookup.ipv4Addresses("host").qualified());
    assertEquals(List.of("A host.one.test", "A host.two.test"), asked);
    assertEquals(name("host.two.test"), found.name());
    assertEquals(
        new LookupError.NoSuchName(name("no.two.test")),
        error(Lookup.ipv4Addresses("no").qualified()));
  }

  @Test
  void shouldNotGoOnToTheNextNameAfterAFailure() {
    assertEquals(
        new LookupError.TimedOut(),
        errorOf(
            run(
                Lookup.ipv4Addresses("host").qualified(),
                _ -> new Step.Failed(Failure.Reason.TIMED_OUT))));
    assertEquals(List.of("A host.one.test"), asked);
  }

  @Test
  void shouldKeepTheOrderWhenQualified() {
    assertEquals(
        List.of("10 a.test.", "20 b.test."),
        texts(found(Lookup.mailExchanges("test.").qualified())));
  }

  @Test
  void shouldTakeAnAddressThatRulesMakeOfAName() {
    Lookup<Addresses> me = Lookup.addresses("me").qualified();
    List<Outcome<Addresses>> outcomes = new ArrayList<>();
    new LookupRun<>(
            me,
            Qualifier.ofRules("=me:127.0.0.1"),
            random,
            (query, _) -> asked.add(query.question().name().toString()),
            outcomes::add)
        .start();
    assertEquals(List.of("127.0.0.1"), texts(outcomes.getFirst().orElseThrow()));
    assertEquals(List.of(), asked);
  }

  @Test
  void shouldRefuseNamesThatCannotBeRead() {
    assertEquals(
        new LookupError.Malformed("label longer than 63 bytes"),
        error(Lookup.texts("x".repeat(64))));
    assertEquals(List.of(), asked);
  }

  @Test
  void shouldGoOnIfADomainMakesANameTooLong() {
    String tooLong = "x".repeat(60) + ".";
    Qualifier rules = Qualifier.ofRules("?:+." + tooLong.repeat(4) + "+.two.test");
    List<Outcome<Addresses>> outcomes = new ArrayList<>();
    new LookupRun<>(
            Lookup.ipv4Addresses("a-host-of-many-letters").qualified(),
            rules,
            random,
            (query, whenDone) -> later.add(() -> whenDone.accept(answer(query))),
            outcomes::add)
        .start();
    later.remove().run();
    assertEquals(
        new LookupError.NoSuchName(name("a-host-of-many-letters.two.test")),
        errorOf(outcomes.getFirst()));
  }

  @Test
  void shouldGiveTheValueOrTheError() {
    Outcome<String> found = new Outcome.Found<>("x");
    assertEquals("x", found.toOptional().orElseThrow());
    assertEquals("xx", found.map(value -> value + value).orElseThrow());
    Outcome<String> refused = new Outcome.NotFound<>(new LookupError.Refused());
    assertEquals(true, refused.toOptional().isEmpty());
    assertEquals(refused, refused.map(value -> value + value));
    LookupException thrown = assertThrows(LookupException.class, refused::orElseThrow);
    assertEquals("refused", thrown.getMessage());
  }
}
