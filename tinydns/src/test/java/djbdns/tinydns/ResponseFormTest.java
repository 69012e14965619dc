package djbdns.tinydns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import djbdns.server.Client;
import djbdns.server.ClientAt;
import djbdns.server.Responder;
import djbdns.wire.Header;
import djbdns.wire.Limits;
import djbdns.wire.Rcode;
import djbdns.wire.RecordType;
import djbdns.wire.message.Edns;
import djbdns.wire.message.Message;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Header, EDNS0 and sizes of tinydns's responses. */
final class ResponseFormTest {
  private static final int ROUNDS = 2000;
  private static final String QUESTION = "0377777707 6578616d706c6504 7465737400 0001";

  @TempDir Path directory;

  private TestZone zone;

  @BeforeEach
  void serve() throws IOException {
    String[] lines = new String[90];
    lines[0] = ".example.test:192.0.2.53:a";
    lines[1] = "+www.example.test:192.0.2.1";
    for (int i = 2; i < 60; i++) {
      lines[i] = "&big.example.test:192.0.2." + i + ":n" + i + ".big.example.test";
    }
    for (int i = 60; i < 90; i++) {
      lines[i] = "'txt.example.test:" + "x".repeat(100) + i;
    }
    zone = new TestZone(directory, lines);
  }

  @AfterEach
  void close() {
    zone.close();
  }

  private String respond(String hex) {
    byte[] query = HexFormat.of().parseHex(hex.replace(" ", ""));
    return HexFormat.of().formatHex(zone.packet(query, query.length));
  }

  @Test
  void shouldRepeatIdOpcodeRdAndQuestionInTheClientsCase() {
    String response =
        respond("abcd 0100 0001 0000 0000 0000 03577757074578616d706c6504546573540000010001");
    assertEquals("abcd8500000100010001", response.substring(0, 20));
    assertEquals("03577757074578616d706c650454657354000001", response.substring(24, 64));
  }

  @Test
  void shouldIgnoreResponsesAndFragmentsOfHeaders() {
    assertEquals("", respond("abcd 8000 0001 0000 0000 0000" + QUESTION + "0001"));
    assertEquals("", respond("abcd 0000 0001 0000 0000 00"));
    assertEquals("", respond(""));
  }

  @Test
  void shouldSayFormerrToUnreadableQuestions() {
    assertEquals(
        "abcd81010000000000000000", respond("abcd 0100 0000 0000 0000 0000"), "no question");
    assertEquals(
        "abcd80010000000000000000",
        respond("abcd 0000 0002 0000 0000 0000" + QUESTION + "0001" + QUESTION + "0001"),
        "two questions (RFC 9619)");
    assertEquals("abcd80010000000000000000", respond("abcd 0000 0001 0000 0000 0000 03777777"));
    assertEquals(
        "abcd80010000000000000000", respond("abcd 0000 0001 0000 0000 0000 c00c 0001 0001"));
  }

  @Test
  void shouldSayNotimpToOtherOpcodesAndTransfers() {
    assertEquals(
        "abcda004", respond("abcd 2000 0001 0000 0000 0000" + QUESTION + "0001").substring(0, 8));
    assertEquals(
        "abcd8004",
        respond("abcd 0000 0001 0000 0000 0000 07 6578616d706c6504 7465737400 00fc 0001")
            .substring(0, 8));
  }

  @Test
  void shouldAnswerIxfrWithTheCurrentSoaSinceNoMoreIsToBeHadOverUdp() {
    Message response = zone.ask("example.test", RecordType.IXFR);
    assertEquals(Rcode.NOERROR, response.rcode());
    assertEquals(RecordType.IXFR, response.questions().getFirst().type());
    assertEquals(List.of(RecordType.SOA), response.answers().stream().map(r -> r.type()).toList());
  }

  @Test
  void shouldSayFormerrToForeignClassesWithoutClaimingRecursion() {
    assertEquals(
        "abcd8001", respond("abcd 0000 0001 0000 0000 0000" + QUESTION + "0003").substring(0, 8));
  }

  @Test
  void shouldBeAuthoritativeForClassAnyToo() {
    assertEquals(
        "abcd8400", respond("abcd 0000 0001 0000 0000 0000" + QUESTION + "00ff").substring(0, 8));
  }

  @Test
  void shouldAnswerEdnsWithEdnsAndItsDoBit() {
    zone.withEdns(new Edns(4096));
    Message message = zone.ask("www.example.test", RecordType.A);
    assertEquals(Limits.EDNS_UDP_BYTES, message.edns().orElseThrow().udpPayloadBytes());
    assertFalse(message.edns().orElseThrow().dnssecOk());
    String response =
        respond("abcd 0000 0001 0000 0000 0001" + QUESTION + "0001 00 0029 1000 00 00 8000 0000");
    assertEquals("00002904d0000080000000", response.substring(response.length() - 22));
  }

  @Test
  void shouldNotMentionEdnsToClientsWithoutIt() {
    assertTrue(zone.ask("www.example.test", RecordType.A).edns().isEmpty());
  }

  @Test
  void shouldSayBadversToLaterVersions() throws Exception {
    String response =
        respond("abcd 0000 0001 0000 0000 0001" + QUESTION + "0001 00 0029 1000 00 01 0000 0000");
    byte[] bytes = HexFormat.of().parseHex(response);
    Message message = Message.read(bytes, bytes.length);
    assertEquals(Rcode.BADVERS, message.rcode());
    assertEquals(List.of(), message.answers());
  }

  @Test
  void shouldSayFormerrToTwoOptRecords() {
    String opt = "00 0029 1000 00 00 0000 0000";
    assertEquals(
        "abcd80010000000000000000",
        respond("abcd 0000 0001 0000 0000 0002" + QUESTION + "0001" + opt + opt));
  }

  @Test
  void shouldTruncateToWhatTheClientTakes() {
    assertTruncated(zone.ask("txt.example.test", RecordType.TXT), Limits.UDP_BYTES);
    zone.withEdns(new Edns(65535));
    assertTruncated(zone.ask("txt.example.test", RecordType.TXT), Limits.EDNS_UDP_BYTES);
    zone.from(ClientAt.tcp("192.0.2.1", 1));
    Message whole = zone.ask("txt.example.test", RecordType.TXT);
    assertEquals(0, whole.flags() & Header.TC);
    assertEquals(30, whole.answers().size());
  }

  private static void assertTruncated(Message message, int limit) {
    assertTrue((message.flags() & Header.TC) != 0, "TC at " + limit);
    assertEquals(List.of(), message.answers());
    assertEquals(List.of(), message.authority());
    assertEquals(List.of(), message.additional());
  }

  /** RFC 9471: a referral whose glue does not fit says so. */
  @Test
  void shouldTruncateReferralsWithoutRoomForGlue() {
    zone.withEdns(new Edns(1232));
    assertTrue((zone.ask("x.big.example.test", RecordType.A).flags() & Header.TC) != 0);
    zone.from(ClientAt.tcp("192.0.2.1", 1));
    Message whole = zone.ask("x.big.example.test", RecordType.A);
    assertEquals(58, whole.authority().size());
    assertEquals(58, whole.additional().size());
  }

  @Test
  void shouldAllocateNothingForAQuery() {
    String[] questions = {
      QUESTION + "0001",
      "07 6e6f7768657265 07 6578616d706c6504 7465737400 0001 0001",
      "01 78 03 626967 07 6578616d706c6504 7465737400 0001 0001",
      "03 747874 07 6578616d706c6504 7465737400 0010 0001",
      "02 6e6f 07 6578616d706c6500 0001 0001",
    };
    assertAllocatesNothing(zone.responder(), ClientAt.udp("192.0.2.1", 1), questions);
  }

  @Test
  void shouldAllocateNothingForLocationsAndRedirections() throws IOException {
    Path own = Files.createDirectory(directory.resolve("own"));
    try (TestZone other =
        new TestZone(
            own,
            "%s0:__/0",
            "%s1:2001_db8__/32",
            "%s2:2001_db8_8000__1",
            "%v4:192.0.2.0/25",
            ".example.test:192.0.2.53:a",
            ":old.example.test:DNAME:new.example.test",
            "+www.new.example.test:192.0.2.1:::s1",
            "+www.new.example.test:192.0.2.2:::v4")) {
      String question = "03777777 036f6c64 076578616d706c65 0474657374 00 0001 0001";
      for (String client : List.of("2001:db8::1", "2001:db9::1", "192.0.2.1")) {
        assertAllocatesNothing(other.responder(), ClientAt.udp(client, 1), question);
      }
    }
  }

  /** Asks questions in hexadecimal many times; each must get a response. */
  static void assertAllocatesNothing(Responder responder, Client client, String... questions) {
    byte[][] queries = new byte[questions.length][];
    for (int i = 0; i < queries.length; i++) {
      String hex = "abcd 0000 0001 0000 0000 0000" + questions[i];
      queries[i] = HexFormat.of().parseHex(hex.replace(" ", ""));
    }
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    respond(responder, queries, client);
    long before = threads.getCurrentThreadAllocatedBytes();
    respond(responder, queries, client);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    // The smallest object has 16 bytes; a few allocations are the JVM's own.
    int count = ROUNDS * queries.length;
    assertTrue(allocated < 4L * count, allocated + " bytes for " + count + " queries");
  }

  private static void respond(Responder responder, byte[][] queries, Client client) {
    for (int round = 0; round < ROUNDS; round++) {
      for (byte[] query : queries) {
        assertTrue(responder.respond(query, query.length, client));
      }
    }
  }

  @Test
  void shouldNeverExceedTheLimitForAnyOffer() {
    for (int offer = 0; offer < 1400; offer += 7) {
      zone.withEdns(new Edns(offer));
      Message message = zone.ask("www.example.test", RecordType.ANY);
      assertEquals(Rcode.NOERROR, message.rcode());
      assertEquals(1, message.answers().size());
    }
  }
}
