package djbdns.dnscache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import djbdns.client.ServerAddress;
import djbdns.dnscache.cache.EntryType;
import djbdns.dnscache.cache.Kind;
import djbdns.dnscache.resolve.Answer;
import djbdns.dnscache.resolve.Asked;
import djbdns.server.ClientAt;
import djbdns.wire.Bytes;
import djbdns.wire.Header;
import djbdns.wire.Limits;
import djbdns.wire.Name;
import djbdns.wire.Question;
import djbdns.wire.Rcode;
import djbdns.wire.RecordClass;
import djbdns.wire.RecordType;
import djbdns.wire.message.Edns;
import djbdns.wire.message.EdnsOption;
import djbdns.wire.message.ExtendedError;
import djbdns.wire.message.Message;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.helpers.NOPLogger;

/** Which response each query gets. */
final class CacheResponderTest {
  private static final int A = 1;
  private static final int ROUNDS = 10_000;

  private final ResponderFixture fixture = new ResponderFixture(false);

  @AfterEach
  void close() {
    fixture.close();
  }

  private Message ask(String name, int type) {
    return fixture.ask(ResponderFixture.query(name, type)).orElseThrow();
  }

  private Message askWithEdns(String name, int type, Edns edns) {
    Question question = new Question(ResponderFixture.name(name), new RecordType(type));
    return fixture.ask(new Message(1, Header.RD, question, Optional.of(edns))).orElseThrow();
  }

  private static List<String> answers(Message message) {
    return message.answers().stream()
        .map(found -> found.toString().toLowerCase(Locale.ROOT))
        .toList();
  }

  private void shouldLog(String... lines) {
    assertEquals(List.of(lines), fixture.log.take());
  }

  @Test
  void shouldAnswerFromTheCache() {
    fixture.putRecords("www.example", A, 60, "01020304");
    Message message = ask("WwW.Example", A);
    assertEquals(List.of("www.example. 60 in a 1.2.3.4"), answers(message));
    assertEquals(Header.QR | Header.RD | Header.RA, message.flags());
    assertEquals(0x1234, message.id());
    assertTrue(message.edns().isEmpty());
    shouldLog("query 1 c0000207:1388:1234 1 www.example.", "cached 1 www.example.", "sent 1 45");
  }

  @Test
  void shouldFollowAliasesInTheCache() {
    fixture.putAlias("a.example", "B.example", 10);
    fixture.putAlias("b.example", "c.example", 20);
    fixture.putRecords("c.example", A, 30, "01020304");
    assertEquals(
        List.of(
            "a.example. 10 in cname b.example.",
            "b.example. 20 in cname c.example.",
            "c.example. 30 in a 1.2.3.4"),
        answers(ask("a.example", A)));
    assertEquals(List.of("a.example. 10 in cname b.example."), answers(ask("a.example", 5)));
    shouldLog(
        "query 1 c0000207:1388:1234 1 a.example.",
        "cached cname a.example. b.example.",
        "cached cname b.example. c.example.",
        "cached 1 c.example.",
        "sent 1 75",
        "query 2 c0000207:1388:1234 5 a.example.",
        "cached 5 a.example.",
        "sent 2 43");
  }

  @Test
  void shouldAskTheResolverForAChainThatLeavesTheCache() {
    fixture.putAlias("a.example", "b.example", 10);
    assertTrue(fixture.ask(ResponderFixture.query("A.example", A)).isEmpty());
    assertEquals(1, fixture.asked.size());
    ClientQuery query = fixture.asked.getFirst();
    assertEquals('A', query.name().byteAt(1));
    assertEquals("c0000207", query.client().toString());
    shouldLog("query 1 c0000207:1388:1234 1 a.example.");
  }

  @Test
  void shouldNotFollowAnEndlessChain() {
    fixture.putAlias("a.example", "b.example", 10);
    fixture.putAlias("b.example", "a.example", 10);
    assertTrue(fixture.ask(ResponderFixture.query("a.example", A)).isEmpty());
    assertEquals(1, fixture.asked.size());
  }

  @Test
  void shouldDenyWithTheSoaRecord() {
    fixture.put(
        "no.example", EntryType.NXDOMAIN, Kind.NXDOMAIN, 7, ResponderFixture.soa("example"));
    fixture.put("yes.example", 28, Kind.NODATA, 8, ResponderFixture.soa("example"));
    fixture.put("bare.example", 28, Kind.NODATA, 8, new byte[0]);
    Message none = ask("no.example", A);
    assertEquals(Rcode.NXDOMAIN, none.rcode());
    assertEquals("example. 7 IN SOA m. r. 1 1 1 1 1", none.authority().getFirst().toString());
    Message empty = ask("yes.example", 28);
    assertEquals(Rcode.NOERROR, empty.rcode());
    assertEquals(8, empty.authority().getFirst().ttlSeconds());
    assertEquals(List.of(), ask("bare.example", 28).authority());
    assertEquals("cached nxdomain no.example.", fixture.log.take().get(1));
  }

  @Test
  void shouldSayWhyItFails() {
    fixture.put("bad.example", A, Kind.FAILURE, 5, new byte[] {0, 22});
    Message message = askWithEdns("bad.example", A, new Edns(4096));
    assertEquals(Rcode.SERVFAIL, message.rcode());
    assertEquals(
        List.of(
            new ExtendedError(ExtendedError.CACHED_ERROR, ""),
            new ExtendedError(ExtendedError.NO_REACHABLE_AUTHORITY, "")),
        ExtendedError.of(message.edns().orElseThrow()));
    assertTrue(ask("bad.example", A).edns().isEmpty());
  }

  @Test
  void shouldSayThatItRemembersAFailure() {
    fixture.put("bad.example", A, Kind.FAILURE, 5, new byte[] {0, 22});
    fixture.putAlias("alias.example", "bad.example", 60);
    for (String name : List.of("bad.example", "alias.example")) {
      assertEquals(
          "from memory of an earlier failure", explanation(askWithEdns(name, A, EXPLAINING)));
      assertEquals("", explanation(askWithEdns(name, A, new Edns(1232))));
    }
  }

  @Test
  void shouldCopyCdAndClearAd() {
    fixture.putRecords("www.example", A, 60, "01020304");
    Function<Integer, Integer> flags =
        asked -> fixture.ask(ResponderFixture.query("www.example", A, asked)).orElseThrow().flags();
    int plain = Header.QR | Header.RD | Header.RA;
    assertEquals(plain | Header.CD, flags.apply(Header.RD | Header.CD));
    assertEquals(plain, flags.apply(Header.RD | Header.AD));
    assertEquals(plain, flags.apply(Header.RD | Header.AA));
  }

  private Rcode rcode(Message query) {
    return fixture.ask(query).orElseThrow().rcode();
  }

  private Rcode rcode(int type, int flags) {
    return rcode(ResponderFixture.query("x.example", type, flags));
  }

  @Test
  void shouldRefuseWhatIsNoneOfItsBusiness() {
    assertEquals(Rcode.REFUSED, rcode(A, 0));
    assertEquals(Rcode.NOTIMP, rcode(A, Header.RD | (4 << 11)));
    assertEquals(Rcode.FORMERR, rcode(A, Header.RD | Header.TC));
    assertEquals(Rcode.FORMERR, rcode(0, Header.RD));
    assertEquals(Rcode.FORMERR, rcode(41, Header.RD));
    for (int type : new int[] {128, 249, 250, 253, 254}) {
      assertEquals(Rcode.NOTIMP, rcode(type, Header.RD));
    }
    Question chaos = new Question(ResponderFixture.name("x"), RecordType.TXT, new RecordClass(3));
    assertEquals(Rcode.REFUSED, rcode(new Message(1, Header.RD, chaos, Optional.empty())));
    Message many = ResponderFixture.query("x.example", A);
    Message two =
        new Message(
            1,
            Header.RD,
            List.of(many.questions().getFirst(), many.questions().getFirst()),
            List.of(),
            List.of(),
            List.of(),
            Optional.empty());
    assertEquals(Rcode.FORMERR, rcode(two));
    Message newer =
        new Message(
            1,
            Header.RD,
            many.questions().getFirst(),
            Optional.of(new Edns(1232, 0, 1, 0, List.of())));
    assertEquals(Rcode.BADVERS, rcode(newer));
    assertEquals(List.of(), fixture.asked);
  }

  @Test
  void shouldRefuseTransfersInTheOriginalsWords() {
    assertEquals(Rcode.REFUSED, rcode(252, Header.RD));
    assertEquals(Rcode.REFUSED, rcode(251, Header.RD));
    assertEquals("drop 1 permission denied", fixture.log.take().get(1));
  }

  @Test
  void shouldAnswerAnyAtOnce() {
    assertEquals(
        List.of("x.example. 3600 in hinfo \"rfc8482\" \"\""), answers(ask("x.example", 255)));
  }

  @Test
  void shouldKeepSilentTowardsOthers() {
    byte[] query = ResponderFixture.packet(ResponderFixture.query("x.example", 255));
    byte[] response = query.clone();
    response[2] |= (byte) 0x80;
    assertTrue(fixture.ask(response).isEmpty());
    assertTrue(fixture.ask(new byte[11]).isEmpty());
    fixture.client = ClientAt.udp("10.0.0.1", 5000);
    assertTrue(fixture.ask(query).isEmpty());
    fixture.client = ClientAt.udp("192.0.2.1", 1023);
    assertTrue(fixture.ask(query).isEmpty());
    fixture.client = ClientAt.udp("192.0.2.1", 53);
    assertTrue(fixture.ask(query).isPresent());
    assertFalse(fixture.responder().opened(ClientAt.tcp("10.0.0.1", 5000)));
    assertTrue(fixture.responder().opened(ClientAt.tcp("192.0.2.1", 5000)));
    assertEquals(List.of(), fixture.asked);
  }

  private void putMany(int count) {
    fixture.putRecords(
        "many.example",
        A,
        60,
        IntStream.range(0, count).mapToObj(i -> "%08x".formatted(i)).toArray(String[]::new));
  }

  @Test
  void shouldCutOffWhatDoesNotFit() {
    putMany(100);
    Message cut = ask("many.example", A);
    assertTrue((cut.flags() & Header.TC) != 0);
    assertEquals(List.of(), cut.answers());
    assertEquals(1, cut.questions().size());
    Message edns = askWithEdns("many.example", A, new Edns(65535));
    assertTrue((edns.flags() & Header.TC) != 0);
    assertEquals(1232, edns.edns().orElseThrow().udpPayloadBytes());
    fixture.client = ClientAt.tcp("192.0.2.7", 5000);
    assertEquals(100, ask("many.example", A).answers().size());
  }

  /** Up to what a message holds; a part would be worse than nothing. */
  @ParameterizedTest
  @ValueSource(ints = {1, 31, 499, 501, 1500, 4000, 4092})
  void shouldSendARecordSetWholeOrNotAtAll(int count) {
    putMany(count);
    Message udp = ask("many.example", A);
    boolean fits = 12 + 14 + 4 + 16 * count <= Limits.UDP_BYTES;
    assertEquals(fits ? count : 0, udp.answers().size());
    assertEquals(!fits, (udp.flags() & Header.TC) != 0);
    fixture.client = ClientAt.tcp("192.0.2.7", 5000);
    shouldBeWhole(count, ask("many.example", A));
    shouldBeWhole(count, askWithEdns("many.example", A, new Edns(1232)));
    assertEquals(Optional.empty(), fixture.ask(ResponderFixture.query("later.example", A)));
    String[] records = IntStream.range(0, count).mapToObj("%08x"::formatted).toArray(String[]::new);
    byte[] list = ResponderFixture.list(records);
    fixture.answer(
        new Answer(
            Rcode.NOERROR,
            List.of(ResponderFixture.set("later.example", A, 9, list)),
            Optional.empty(),
            OptionalInt.empty()));
    shouldBeWhole(count, fixture.sentLater.getFirst());
  }

  private static void shouldBeWhole(int count, Message message) {
    assertEquals(Rcode.NOERROR, message.rcode());
    assertEquals(0, message.flags() & Header.TC);
    assertEquals(count, Set.copyOf(answers(message)).size());
  }

  /** What came with its names compressed need not fit into a message without. */
  @Test
  void shouldFailWhereASetDoesNotFitAnyMessage() {
    int srv = 33;
    String target = "3f" + "61".repeat(63) + "3f" + "62".repeat(63) + "00";
    fixture.putRecords(
        "_s.example",
        srv,
        60,
        IntStream.range(0, 450)
            .mapToObj(i -> "00000000%04x".formatted(i) + target)
            .toArray(String[]::new));
    assertTrue((ask("_s.example", srv).flags() & Header.TC) != 0);
    fixture.client = ClientAt.tcp("192.0.2.7", 5000);
    Message message = ask("_s.example", srv);
    assertEquals(Rcode.SERVFAIL, message.rcode());
    assertEquals(0, message.flags() & Header.TC);
    assertEquals(List.of(), message.answers());
  }

  @Test
  void shouldFillTheSpaceThatTheClientOffers() {
    putMany(70);
    Message message = askWithEdns("many.example", A, new Edns(1232));
    assertEquals(70, message.answers().size());
    assertTrue((askWithEdns("many.example", A, new Edns(600)).flags() & Header.TC) != 0);
    assertTrue((askWithEdns("many.example", A, new Edns(0)).flags() & Header.TC) != 0);
  }

  @Test
  void shouldStartRecordSetsAnywhere() {
    putMany(4);
    Set<List<String>> orders = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      orders.add(answers(ask("many.example", A)));
    }
    assertEquals(4, orders.size());
    orders.forEach(order -> assertEquals(4, new HashSet<>(order).size()));
  }

  @Test
  void shouldHideTtls() {
    try (ResponderFixture hiding = new ResponderFixture(true)) {
      hiding.putRecords("www.example", A, 60, "01020304");
      hiding.put(
          "no.example", EntryType.NXDOMAIN, Kind.NXDOMAIN, 7, ResponderFixture.soa("example"));
      Message found = hiding.ask(ResponderFixture.query("www.example", A)).orElseThrow();
      assertEquals(0, found.answers().getFirst().ttlSeconds());
      Message denied = hiding.ask(ResponderFixture.query("no.example", A)).orElseThrow();
      assertEquals(0, denied.authority().getFirst().ttlSeconds());
    }
  }

  @Test
  void shouldAnswerLaterWhatTheResolverFinds() {
    assertTrue(fixture.ask(ResponderFixture.query("WWW.example", A)).isEmpty());
    fixture.answer(
        new Answer(
            Rcode.NOERROR,
            List.of(ResponderFixture.set("www.example", A, 9, ResponderFixture.list("01020304"))),
            Optional.empty(),
            OptionalInt.empty()));
    Message message = fixture.sentLater.getFirst();
    assertEquals(0x1234, message.id());
    assertEquals('W', message.questions().getFirst().name().byteAt(1));
    assertEquals(List.of("www.example. 9 in a 1.2.3.4"), answers(message));
    shouldLog("query 1 c0000207:1388:1234 1 www.example.", "sent 1 45");
  }

  @Test
  void shouldSayLaterWhyItFails() {
    Question question = new Question(ResponderFixture.name("x.example"), RecordType.A);
    fixture.ask(new Message(1, Header.RD, question, Optional.of(new Edns(1232))));
    fixture.answer(new Answer(Rcode.SERVFAIL, List.of(), Optional.empty(), OptionalInt.of(22)));
    Message message = fixture.sentLater.getFirst();
    assertEquals(Rcode.SERVFAIL, message.rcode());
    assertEquals("0016", message.edns().orElseThrow().option(15).orElseThrow().data().toString());
  }

  private static final Edns EXPLAINING =
      new Edns(1232, 0, 0, 0, List.of(new EdnsOption(EdnsOption.EXPLANATION, Bytes.of())));

  private static String explanation(Message message) {
    return message
        .edns()
        .orElseThrow()
        .option(EdnsOption.EXPLANATION)
        .map(option -> new String(option.data().toArray(), StandardCharsets.US_ASCII))
        .orElse("");
  }

  @Test
  void shouldSayThatTheCacheHadItOnlyToWhoAsks() {
    fixture.putRecords("www.example", A, 60, "01020304");
    assertEquals("from the cache", explanation(askWithEdns("www.example", A, EXPLAINING)));
    assertEquals("", explanation(askWithEdns("www.example", A, new Edns(1232))));
    assertEquals("dnscache's own answer", explanation(askWithEdns("localhost", A, EXPLAINING)));
  }

  @Test
  void shouldSayLaterWhoWasAsked() {
    Question question = new Question(ResponderFixture.name("x.example"), RecordType.A);
    fixture.ask(new Message(1, Header.RD, question, Optional.of(EXPLAINING)));
    ServerAddress server = ServerAddress.parse("192.0.2.1").orElseThrow();
    List<Asked> asked =
        List.of(
            new Asked(Name.ROOT, ResponderFixture.name("example"), A, server, 12),
            inVain("example", 1, true),
            inVain("example", 10, false));
    fixture.answer(
        new Answer(
            Rcode.SERVFAIL,
            List.of(),
            Optional.empty(),
            OptionalInt.of(ExtendedError.CACHED_ERROR),
            asked));
    assertEquals(
        """
        asked 192.0.2.1 of zone . for A example, 12 ms
        asked in vain 192.0.2.1 of zone example for A x.example, 5 ms: no reply was of use
        asked in vain 192.0.2.1 192.0.2.2 192.0.2.3 192.0.2.4 192.0.2.5 192.0.2.6 192.0.2.7 \
        192.0.2.8 and 2 more of zone example for A x.example, 5 ms: no reply
        from memory of an earlier failure\
        """,
        explanation(fixture.sentLater.getFirst()));
  }

  private static Asked inVain(String zone, int servers, boolean heard) {
    List<ServerAddress> addresses =
        IntStream.rangeClosed(1, servers)
            .mapToObj(i -> ServerAddress.parse("192.0.2." + i).orElseThrow())
            .toList();
    return new Asked(
        ResponderFixture.name(zone),
        ResponderFixture.name("x.example"),
        A,
        Optional.empty(),
        addresses,
        heard,
        5);
  }

  @Test
  void shouldNotSayThatAFailureWithoutServersWasInTheCache() {
    Question question = new Question(ResponderFixture.name("x.example"), RecordType.A);
    fixture.ask(new Message(1, Header.RD, question, Optional.of(EXPLAINING)));
    fixture.answer(new Answer(Rcode.SERVFAIL, List.of(), Optional.empty(), OptionalInt.of(22)));
    assertEquals("there was no server to ask", explanation(fixture.sentLater.getFirst()));
  }

  @Test
  void shouldDropWhatTheResolverDrops() {
    fixture.ask(ResponderFixture.query("x.example", A));
    fixture.dropAll();
    assertEquals(List.of(), fixture.sentLater);
    assertEquals(1, fixture.abandoned);
    assertEquals("drop 1 timed out", fixture.log.take().getLast());
  }

  @Test
  void shouldDropWhatThereIsNoRoomFor() {
    fixture.hasRoom = false;
    fixture.ask(ResponderFixture.query("x.example", A));
    assertEquals(List.of(), fixture.asked);
    assertEquals(1, fixture.abandoned);
    assertEquals("drop 1 timed out", fixture.log.take().getLast());
  }

  @Test
  void shouldNotAnswerWhoHasGone() {
    fixture.ask(ResponderFixture.query("x.example", A));
    fixture.clientIsThere = false;
    fixture.answer(new Answer(Rcode.NXDOMAIN, List.of(), Optional.empty(), OptionalInt.empty()));
    assertEquals(List.of(), fixture.sentLater);
    assertEquals(1, fixture.abandoned);
    assertEquals("drop 1 broken pipe", fixture.log.take().getLast());
  }

  @Test
  void shouldShareByIpv6Network() {
    fixture.client = ClientAt.udp("2001:db8:1:2:3:4:5:6", 5000);
    fixture.ask(ResponderFixture.query("x.example", A));
    assertEquals("20010db800010002", fixture.asked.getFirst().client().toString());
  }

  @Test
  void shouldAnswerSpecialNamesItself() {
    assertEquals(List.of("localhost. 655360 in a 127.0.0.1"), answers(ask("LOCALHOST", A)));
    assertEquals(List.of(), fixture.asked);
  }

  @Test
  void shouldAllocateNothingForAHit() {
    try (ResponderFixture quiet = new ResponderFixture(false, Optional.of(NOPLogger.NOP_LOGGER))) {
      quiet.putAlias("a.example", "www.example", 10);
      quiet.putRecords("www.example", A, 60, "01020304", "05060708");
      quiet.put(
          "no.example", EntryType.NXDOMAIN, Kind.NXDOMAIN, 7, ResponderFixture.soa("example"));
      byte[][] queries = {
        ResponderFixture.packet(ResponderFixture.query("www.example", A)),
        ResponderFixture.packet(ResponderFixture.query("a.example", A)),
        ResponderFixture.packet(ResponderFixture.query("no.example", A)),
        ResponderFixture.packet(ResponderFixture.query("x.example", 255)),
      };
      ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
      respond(quiet, queries);
      long before = threads.getCurrentThreadAllocatedBytes();
      respond(quiet, queries);
      long allocated = threads.getCurrentThreadAllocatedBytes() - before;
      assertTrue(allocated < 4L * ROUNDS * queries.length, allocated + " bytes");
    }
  }

  private static void respond(ResponderFixture fixture, byte[][] queries) {
    for (int round = 0; round < ROUNDS; round++) {
      for (byte[] query : queries) {
        assertTrue(fixture.responder().respond(query, query.length, fixture.client));
      }
      fixture.responder().batchEnd();
    }
  }
}
