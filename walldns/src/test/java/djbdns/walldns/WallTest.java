package djbdns.walldns;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import djbdns.content.CompatResponder;
import djbdns.content.ContentResponder;
import djbdns.content.QueryLog;
import djbdns.server.Client;
import djbdns.server.ClientAt;
import djbdns.server.Responder;
import djbdns.wire.Header;
import djbdns.wire.Limits;
import djbdns.wire.Name;
import djbdns.wire.PacketWriter;
import djbdns.wire.Question;
import djbdns.wire.Rcode;
import djbdns.wire.RecordType;
import djbdns.wire.message.Edns;
import djbdns.wire.message.Message;
import djbdns.wire.message.ResourceRecord;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What walldns says by default: see docs/man/walldns.md. */
final class WallTest {
  private static final int ROUNDS = 2000;
  private static final Client CLIENT = ClientAt.udp("192.0.2.1", 1234);
  private static final String IP6 =
      "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa";

  private final LogLines log = new LogLines();
  private final Responder standard =
      new ContentResponder(new Wall(false), new QueryLog(log.logger(), true));
  private final Responder compat =
      new CompatResponder(new Wall(true), new QueryLog(log.logger(), true));

  private static byte[] query(String name, RecordType type) throws Exception {
    PacketWriter query = new PacketWriter(Limits.UDP_BYTES);
    new Message(7, 0, new Question(Name.parse(name), type), Optional.empty()).write(query);
    return Arrays.copyOf(query.buffer(), query.length());
  }

  private static Message ask(Responder responder, String name, RecordType type) throws Exception {
    byte[] query = query(name, type);
    assertTrue(responder.respond(query, query.length, CLIENT));
    return Message.read(responder.response().buffer(), responder.response().length());
  }

  private Message ask(String name, RecordType type) throws Exception {
    return ask(standard, name, type);
  }

  private static List<String> answers(Message message) {
    return message.answers().stream()
        .map(ResourceRecord::toString)
        .map(text -> text.replace(" IN ", " "))
        .toList();
  }

  private static boolean isAuthoritative(Message message) {
    return (message.flags() & Header.AA) != 0;
  }

  private static void assertAnswers(List<String> expected, Message message) {
    assertEquals(Rcode.NOERROR, message.rcode());
    assertEquals(expected, answers(message));
    assertEquals(List.of(), message.authority());
    assertTrue(isAuthoritative(message));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "4.3.2.1.in-addr.arpa",
        "3.2.1.in-addr.arpa",
        "255.in-addr.arpa",
        "in-addr.arpa",
        IP6,
        "8.b.d.0.1.0.0.2.ip6.arpa",
        "f.ip6.arpa",
        "ip6.arpa"
      })
  void shouldGiveEveryReverseNameItselfAsItsName(String name) throws Exception {
    assertAnswers(List.of(name + ". 655360 PTR " + name + "."), ask(name, RecordType.PTR));
  }

  @ParameterizedTest
  @CsvSource({
    "4.3.2.1.in-addr.arpa, A, 1.2.3.4",
    "0.10.100.255.in-addr.arpa, A, 255.100.10.0",
    "1.2.3.4, A, 1.2.3.4",
    "255.255.255.255, A, 255.255.255.255",
    IP6 + ", AAAA, 2001:db8::1",
    "f.e.d.c.b.a.9.8.7.6.5.4.3.2.1.0.f.e.d.c.b.a.9.8.7.6.5.4.3.2.1.0.ip6.arpa, AAAA,"
        + " 123:4567:89ab:cdef:123:4567:89ab:cdef",
  })
  void shouldKnowTheAddressOfANameThatSaysAllOfIt(String name, String type, String address)
      throws Exception {
    assertAnswers(
        List.of(name + ". 655360 " + type + " " + address),
        ask(name, RecordType.parse(type).orElseThrow()));
  }

  @Test
  void shouldGiveAddressAndNameToAny() throws Exception {
    assertAnswers(
        List.of(
            "4.3.2.1.in-addr.arpa. 655360 A 1.2.3.4",
            "4.3.2.1.in-addr.arpa. 655360 PTR 4.3.2.1.in-addr.arpa."),
        ask("4.3.2.1.in-addr.arpa", RecordType.ANY));
    assertAnswers(
        List.of(IP6 + ". 655360 AAAA 2001:db8::1", IP6 + ". 655360 PTR " + IP6 + "."),
        ask(IP6, RecordType.ANY));
    assertAnswers(
        List.of("2.1.in-addr.arpa. 655360 PTR 2.1.in-addr.arpa."),
        ask("2.1.in-addr.arpa", RecordType.ANY));
    assertAnswers(List.of("1.2.3.4. 655360 A 1.2.3.4"), ask("1.2.3.4", RecordType.ANY));
  }

  @Test
  void shouldIgnoreLetterCase() throws Exception {
    Message response = ask("B.4.3.2.Ip6.ARPA", RecordType.PTR);
    assertEquals(Name.parse("b.4.3.2.ip6.arpa"), response.answers().getFirst().owner());
    assertEquals(1, ask("4.3.2.1.IN-addr.Arpa", RecordType.A).answers().size());
  }

  @ParameterizedTest
  @CsvSource({
    "4.3.2.1.in-addr.arpa, AAAA",
    "4.3.2.1.in-addr.arpa, MX",
    "2.1.in-addr.arpa, A",
    "2.1.in-addr.arpa, NS",
    "2.1.in-addr.arpa, SOA",
    "1.2.3.4, PTR",
    "1.2.3.4, AAAA",
    IP6 + ", A",
    IP6 + ", TXT",
    "8.b.d.0.1.0.0.2.ip6.arpa, AAAA",
    "2.1.in-addr.arpa, IXFR",
  })
  void shouldAnswerNoDataWhereTheNameExists(String name, String type) throws Exception {
    assertAnswers(List.of(), ask(name, RecordType.parse(type).orElseThrow()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".",
        "arpa",
        "www.example.test",
        "1.2.3",
        "1.2.3.4.5",
        "1.2.3.256",
        "01.2.3.4",
        "1.2.3.a",
        "5.4.3.2.1.in-addr.arpa",
        "256.in-addr.arpa",
        "00.in-addr.arpa",
        "1.2.3.4.in-addr",
        "0." + IP6,
        "g.ip6.arpa",
        "01.ip6.arpa",
        "\\377.ip6.arpa",
        "x\\003ip6.arpa",
        "1\\003ip6.arpa",
        "1.ip6.int"
      })
  void shouldRefuseEverythingElse(String name) throws Exception {
    for (RecordType type :
        List.of(RecordType.A, RecordType.PTR, RecordType.AAAA, RecordType.ANY, RecordType.MX)) {
      Message response = ask(name, type);
      assertEquals(Rcode.REFUSED, response.rcode());
      assertEquals(List.of(), response.answers());
      assertFalse(isAuthoritative(response));
    }
  }

  @Test
  void shouldLogARefusalAsOneAndInCompatAsAnAnswer() throws Exception {
    for (Responder responder : List.of(standard, compat)) {
      ask(responder, "www.example.test", RecordType.A);
      responder.batchEnd();
    }
    assertEquals("c0000201:04d2:0007 - 0001 www.example.test", log.next());
    assertEquals("c0000201:04d2:0007 + 0001 www.example.test", log.next());
  }

  @Test
  void shouldKnowNothingOfIpv6InCompat() throws Exception {
    for (RecordType type : List.of(RecordType.PTR, RecordType.AAAA, RecordType.ANY)) {
      assertEquals(Rcode.REFUSED, ask(compat, IP6, type).rcode());
    }
    assertEquals(Rcode.REFUSED, ask(compat, "4.3.2.1.in-addr.arpa", RecordType.AAAA).rcode());
  }

  @Test
  void shouldAnswerEdnsWithEdns() throws Exception {
    PacketWriter query = new PacketWriter(Limits.UDP_BYTES);
    Question question = new Question(Name.parse(IP6), RecordType.ANY);
    new Message(7, 0, question, Optional.of(new Edns(4096))).write(query);
    assertTrue(standard.respond(query.buffer(), query.length(), CLIENT));
    Message response = Message.read(standard.response().buffer(), standard.response().length());
    assertEquals(2, response.answers().size());
    assertEquals(Limits.EDNS_UDP_BYTES, response.edns().orElseThrow().udpPayloadBytes());
  }

  /** What the original can answer is answered with the same bytes by default. */
  @Test
  void shouldAnswerWhatTheOriginalKnowsWithTheSameBytes() {
    QueryGenerator queries = new QueryGenerator(5);
    int compared = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] query = queries.nextOfKnownType();
      if (!compat.respond(query, query.length, CLIENT)) {
        continue;
      }
      byte[] expected = response(compat);
      if ((expected[3] & 15) == Rcode.NOERROR.code()) {
        assertTrue(standard.respond(query, query.length, CLIENT));
        assertArrayEquals(expected, response(standard));
        compared++;
      }
    }
    assertTrue(compared > 4000, () -> "only a few names were addresses");
  }

  private static byte[] response(Responder responder) {
    return Arrays.copyOf(responder.response().buffer(), responder.response().length());
  }

  @Test
  void shouldAllocateNothingForAQuery() throws Exception {
    byte[][] queries = {
      query("4.3.2.1.in-addr.arpa", RecordType.ANY),
      query("1.2.3.4", RecordType.A),
      query(IP6, RecordType.ANY),
      query("2.1.in-addr.arpa", RecordType.MX),
      query("www.example.test", RecordType.A),
    };
    QueryLog quiet = new QueryLog(log.logger(), false);
    for (Responder responder :
        List.of(
            new ContentResponder(new Wall(false), quiet),
            new CompatResponder(new Wall(true), quiet))) {
      ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
      respond(responder, queries);
      long before = threads.getCurrentThreadAllocatedBytes();
      respond(responder, queries);
      long allocated = threads.getCurrentThreadAllocatedBytes() - before;
      // The smallest object has 16 bytes; a few allocations are the JVM's own.
      int count = ROUNDS * queries.length;
      assertTrue(allocated < 4L * count, allocated + " bytes for " + count + " queries");
    }
  }

  private static void respond(Responder responder, byte[][] queries) {
    for (int round = 0; round < ROUNDS; round++) {
      for (byte[] query : queries) {
        assertTrue(responder.respond(query, query.length, CLIENT));
      }
    }
  }
}
