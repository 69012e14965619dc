package djbdns.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.wire.Bytes;
import djbdns.wire.MalformedTextException;
import djbdns.wire.Name;
import djbdns.wire.Question;
import djbdns.wire.Rcode;
import djbdns.wire.RecordType;
import djbdns.wire.message.ResourceRecord;
import djbdns.wire.rdata.Rdata;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Chains of replies, good and bad. */
final class PursuitTest {
  private static final ServerAddress SERVER = ServerAddress.parseList("127.0.0.1").getFirst();
  private static final String SOA = "test. 60 SOA ns.test. hostmaster.test. 1 2 3 4 5";

  private static Name name(String text) {
    try {
      return Name.parse(text);
    } catch (MalformedTextException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static Pursuit pursuit(String name, RecordType type) {
    return new Pursuit(name(name), type);
  }

  private static Pursuit pursuitOfA(String name) {
    return pursuit(name, RecordType.A);
  }

  /** A reply with these answers, and the SOA record in the authority section. */
  private static Step.End denial(Rcode rcode, String... answers) {
    return reply(rcode, List.of(answers), List.of(SOA));
  }

  private static Step.End answer(String... answers) {
    return reply(Rcode.NOERROR, List.of(answers), List.of());
  }

  private static Step.End reply(Rcode rcode, List<String> answers, List<String> authority) {
    byte[] query = new Query(new Question(name("any.test"), RecordType.A), true).packet(1);
    return done(TestCache.reply(query, rcode, records(answers), records(authority), 0xffff));
  }

  private static Step.End done(byte[] packet) {
    return new Step.Done(SERVER, Transport.UDP, packet);
  }

  private static List<ResourceRecord> records(List<String> lines) {
    return lines.stream().map(TestCache::parse).toList();
  }

  private static Records<Rdata> found(Optional<Outcome<Records<Rdata>>> outcome) {
    return outcome.orElseThrow().orElseThrow();
  }

  private static LookupError error(Optional<Outcome<Records<Rdata>>> outcome) {
    return assertInstanceOf(Outcome.NotFound.class, outcome.orElseThrow()).error();
  }

  private static List<String> texts(Records<Rdata> records) {
    return records.data().stream().map(Rdata::toString).toList();
  }

  @Test
  void shouldTakeTheRecordsOfTheName() {
    Records<Rdata> found =
        found(
            pursuitOfA("a.test").onEnd(answer("A.test. 30 A 192.0.2.1", "a.TEST. 20 A 192.0.2.2")));
    assertEquals(List.of("192.0.2.1", "192.0.2.2"), texts(found));
    assertEquals(name("a.test"), found.name());
    assertEquals(name("a.test"), found.canonicalName());
    assertEquals(20, found.ttlSeconds());
  }

  @Test
  void shouldFollowAliasesInAnyOrder() {
    Records<Rdata> found =
        found(
            pursuitOfA("a.test")
                .onEnd(
                    answer(
                        "c.test. 30 A 192.0.2.1",
                        "b.test. 5 CNAME c.test.",
                        "a.test. 60 CNAME b.test.")));
    assertEquals(List.of("192.0.2.1"), texts(found));
    assertEquals(name("a.test"), found.name());
    assertEquals(name("c.test"), found.canonicalName());
    assertEquals(5, found.ttlSeconds());
  }

  @Test
  void shouldIgnoreRecordsOfOthers() {
    Pursuit pursuit = pursuitOfA("a.test");
    assertEquals(
        new LookupError.NoData(name("a.test"), RecordType.A),
        error(pursuit.onEnd(answer("b.test. 60 A 192.0.2.1", "b.test. 60 CNAME a.test."))));
  }

  @Test
  void shouldIgnoreOtherTypesAndClasses() {
    assertEquals(
        new LookupError.NoData(name("a.test"), RecordType.TXT),
        error(
            pursuit("a.test", RecordType.TXT)
                .onEnd(answer("a.test. 60 CH TXT foreign", "a.test. 60 A 192.0.2.1"))));
  }

  @Test
  void shouldAskAgainWhereTheReplyLeavesTheChain() {
    Pursuit pursuit = pursuitOfA("a.test");
    assertEquals(Optional.empty(), pursuit.onEnd(answer("a.test. 60 CNAME b.example.")));
    assertEquals(new Question(name("b.example"), RecordType.A), pursuit.question());
    Records<Rdata> found = found(pursuit.onEnd(answer("b.example. 99 A 192.0.2.1")));
    assertEquals(name("a.test"), found.name());
    assertEquals(name("b.example"), found.canonicalName());
    assertEquals(60, found.ttlSeconds());
  }

  @Test
  void shouldAskAgainIfTheDenialIsOfAnotherZone() {
    Pursuit pursuit = pursuitOfA("a.test");
    assertEquals(
        Optional.empty(), pursuit.onEnd(denial(Rcode.NOERROR, "a.test. 60 CNAME b.example.")));
    assertEquals(
        new LookupError.NoData(name("b.example"), RecordType.A), error(pursuit.onEnd(answer())));
  }

  @Test
  void shouldFollowTheAliasOfADname() {
    Records<Rdata> found =
        found(
            pursuitOfA("www.old.test")
                .onEnd(
                    answer(
                        "old.test. 60 DNAME new.test.",
                        "www.old.test. 60 CNAME www.new.test.",
                        "www.new.test. 60 A 192.0.2.1")));
    assertEquals(name("www.new.test"), found.canonicalName());
  }

  @Test
  void shouldSayWhichNameDoesNotExist() {
    assertEquals(
        new LookupError.NoSuchName(name("a.test")),
        error(pursuitOfA("a.test").onEnd(denial(Rcode.NXDOMAIN))));
    assertEquals(
        new LookupError.NoSuchName(name("b.test")),
        error(pursuitOfA("a.test").onEnd(denial(Rcode.NXDOMAIN, "a.test. 60 CNAME b.test."))));
  }

  @Test
  void shouldSayThatThereIsNoDataWithAndWithoutSoa() {
    LookupError noData = new LookupError.NoData(name("a.test"), RecordType.A);
    assertEquals(noData, error(pursuitOfA("a.test").onEnd(denial(Rcode.NOERROR))));
    assertEquals(noData, error(pursuitOfA("a.test").onEnd(answer())));
    assertEquals(
        new LookupError.NoData(name("b.test"), RecordType.A),
        error(pursuitOfA("a.test").onEnd(denial(Rcode.NOERROR, "a.test. 60 CNAME b.test."))));
  }

  @Test
  void shouldRefuseTwoAliases() {
    assertEquals(
        new LookupError.Malformed("a.test is an alias of several names"),
        error(
            pursuitOfA("a.test")
                .onEnd(answer("a.test. 60 CNAME b.test.", "a.test. 60 CNAME c.test."))));
  }

  @Test
  void shouldRefuseLoops() {
    LookupError endless = new LookupError.Malformed("aliases of a.test have no end");
    assertEquals(endless, error(pursuitOfA("a.test").onEnd(answer("a.test. 60 CNAME A.test."))));
    Pursuit pursuit = pursuitOfA("a.test");
    assertEquals(Optional.empty(), pursuit.onEnd(answer("a.test. 60 CNAME b.test.")));
    assertEquals(endless, error(pursuit.onEnd(answer("b.test. 60 CNAME a.test."))));
  }

  /** A chain of {@code aliases} CNAME records, and an address. */
  private static Step.End chain(int aliases) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < aliases; i++) {
      lines.add("n" + i + ".test. 60 CNAME n" + (i + 1) + ".test.");
    }
    lines.add("n" + aliases + ".test. 60 A 192.0.2.1");
    return answer(lines.toArray(String[]::new));
  }

  @Test
  void shouldFollowSixteenAliasesAndNoMore() {
    assertEquals(name("n16.test"), found(pursuitOfA("n0.test").onEnd(chain(16))).canonicalName());
    assertEquals(
        new LookupError.Malformed("aliases of n0.test have no end"),
        error(pursuitOfA("n0.test").onEnd(chain(17))));
  }

  @Test
  void shouldCountAliasesOfAllReplies() {
    Pursuit pursuit = pursuitOfA("n0.test");
    for (int i = 0; i < Pursuit.MAX_ALIASES; i++) {
      String line = "n" + i + ".test. 60 CNAME n" + (i + 1) + ".test.";
      assertEquals(Optional.empty(), pursuit.onEnd(answer(line)));
    }
    assertEquals(
        new LookupError.Malformed("aliases of n0.test have no end"),
        error(pursuit.onEnd(answer("n16.test. 60 CNAME n17.test."))));
  }

  @Test
  void shouldTakeAnAliasItselfWhereItIsAskedFor() {
    String alias = "a.test. 60 CNAME b.test.";
    assertEquals(
        List.of("b.test."), texts(found(pursuit("a.test", RecordType.CNAME).onEnd(answer(alias)))));
    assertEquals(
        List.of("b.test.", "192.0.2.1"),
        texts(
            found(
                pursuit("a.test", RecordType.ANY)
                    .onEnd(answer(alias, "a.test. 60 A 192.0.2.1", "b.test. 60 A 192.0.2.2")))));
  }

  @Test
  void shouldRefuseDataThatCannotBeRead() {
    Step.Done done = (Step.Done) answer("a.test. 60 A 192.0.2.1");
    byte[] packet = done.packet().clone();
    // The length of the address.
    packet[packet.length - 5] = 3;
    LookupError malformed = new LookupError.Malformed("reply about a.test cannot be read");
    assertEquals(malformed, error(pursuitOfA("a.test").onEnd(done(packet))));
    byte[] cut = Arrays.copyOf(done.packet(), done.packet().length - 1);
    assertEquals(malformed, error(pursuitOfA("a.test").onEnd(done(cut))));
  }

  @Test
  void shouldPassOnWhyNobodyAnswered() {
    List<Failure> failures =
        List.of(
            Failure.Reason.TIMED_OUT,
            Failure.Reason.NO_REPLY,
            Failure.Reason.REFUSED,
            Failure.Reason.MALFORMED,
            new Failure.ServerFailed(Rcode.REFUSED, Bytes.of()),
            new Failure.ServerFailed(Rcode.SERVFAIL, Bytes.of()));
    assertEquals(
        List.of(
            new LookupError.TimedOut(),
            new LookupError.TimedOut(),
            new LookupError.Refused(),
            new LookupError.Malformed("reply cannot be read"),
            new LookupError.Refused(),
            new LookupError.ServerFailed(Rcode.SERVFAIL)),
        failures.stream()
            .map(failure -> error(pursuitOfA("a.test").onEnd(new Step.Failed(failure))))
            .toList());
    assertTrue(new LookupError.NoSuchName(Name.ROOT).isDenial());
  }
}
