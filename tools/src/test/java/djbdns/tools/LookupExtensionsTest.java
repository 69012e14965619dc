package djbdns.tools;

import static djbdns.tools.Answers.bytes;
import static djbdns.tools.Answers.join;
import static djbdns.tools.Answers.record;
import static djbdns.tools.Answers.reply;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.tools.Commands.Invocation;
import djbdns.tools.Commands.Outcome;
import djbdns.tools.daemontools.JsonReader;
import djbdns.wire.Name;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What the lookup tools, dnsq and dnsqr can do beyond the originals, at ports that need no root.
 */
final class LookupExtensionsTest {
  private static final int QUESTION_START = 12;

  /**
   * Every type of {@code www.test} and of the reverse names; {@code empty.test} exists and has
   * none, answers for {@code broken.test} end too early, and there are no other names. {@code
   * failing.test} fails and says why, {@code old.test} as well, but not with EDNS0, and {@code
   * blocked.test} does not exist for a reason.
   */
  private static final class Zone implements Script {
    /** An OPT record with an extended error: 15, 22 and {@code why} with a byte of UTF-8. */
    private static final byte[] REASON =
        bytes(0, 0, 41, 4, 0, 0, 0, 0, 0, 0, 11, 0, 15, 0, 7, 0, 22, 'w', 'h', 'y', 0xc3, 0xa4);

    final List<String> asked = new CopyOnWriteArrayList<>();

    @Override
    public List<byte[]> overUdp(byte[] packet) {
      Name asksFor = Name.ofWire(packet, QUESTION_START);
      byte[] query = Arrays.copyOf(packet, QUESTION_START + asksFor.length() + 4);
      query[11] = 0;
      boolean hasEdns = packet.length > query.length;
      byte[][] reason = hasEdns ? new byte[][] {REASON} : new byte[0][];
      String name = asksFor.toString();
      int type = query[query.length - 3];
      asked.add(type + " " + name);
      return List.of(
          switch (name) {
            case "failing.test" -> reply(query, 0x0182, 0, 0, reason.length, reason);
            case "old.test" -> reply(query, hasEdns ? 0x0181 : 0x0182, 0, 0, 0);
            case "blocked.test" -> reply(query, 0x0183, 0, 0, reason.length, reason);
            case "www.test" -> answers(query, type);
            case "empty.test" -> reply(query, 0x0180, 0, 0, 0);
            case "broken.test" -> reply(query, 0x0180, 1, 0, 0);
            default ->
                name.endsWith(".arpa") ? answers(query, type) : reply(query, 0x0183, 0, 0, 0);
          });
    }

    private static byte[] answers(byte[] query, int type) {
      byte[] name = bytes(4, 'H', 'o', 's', 't', 0);
      byte[] data =
          switch (type) {
            case 1 -> bytes(192, 0, 2, 1);
            case 12 -> name;
            case 15 -> join(bytes(1, 0), name);
            case 16 -> bytes(2, 'a', 0xff, 0, 1, '"');
            case 28 -> bytes(0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1);
            default -> bytes(1, 2, 3);
          };
      return reply(query, 0x0180, 1, 0, 1, record(type, 1, data), record(1, 3, bytes(9)));
    }

    @Override
    public List<byte[]> overTcp(byte[] query) {
      byte[] answer = overUdp(query).getFirst();
      return List.of(bytes(answer.length >> 8, answer.length), answer);
    }
  }

  private final Zone zone = new Zone();
  private ScriptedServer server;

  @BeforeEach
  void start() throws IOException {
    server = ScriptedServer.start("127.12.20.3", 0, zone);
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private Outcome run(String... words) {
    return Commands.ours(
        new Invocation(Map.of("DNSCACHEIP", server.address(), "LOCALDOMAIN", "test"), words));
  }

  private void assertOutput(String output, int exitCode, String... words) {
    assertEquals(new Outcome(output, "", exitCode), run(words));
  }

  @Test
  void shouldPrintIpv6Addresses() {
    assertOutput("2001:db8::1 \n\n\n", 0, "dnsip6", "www.test", "empty.test", "none.test");
    assertEquals(
        new Outcome(
            "", "dnsip6: fatal: unable to find IP address for broken.test: protocol error\n", 111),
        run("dnsip6", "www.test", "broken.test"));
  }

  @Test
  void shouldDecodeLiteralAddressesWithoutAQuery() {
    assertOutput(
        "2001:db8::a \n::ffff:192.0.2.1 \n", 0, "dnsip6", "2001:DB8:0::A", "::ffff:c000:201");
    assertOutput("\n", 0, "dnsip6", "192.0.2.1");
    assertEquals(List.of(), zone.asked);
  }

  @Test
  void shouldFindNamesOfIpv6Addresses() {
    assertOutput("host\nhost\n", 0, "dnsname", "2001:db8::a1", "192.0.2.1");
    assertEquals(
        List.of(
            "12 1.a" + ".0".repeat(22) + ".8.b.d.0.1.0.0.2.ip6.arpa", "12 1.2.0.192.in-addr.arpa"),
        zone.asked);
    assertEquals(
        new Outcome("", "dnsname: fatal: unable to parse IP address ::1::\n", 111),
        run("dnsname", "::1::"));
  }

  @Test
  void shouldNotTakeAnythingForAnAddress() {
    for (String text : List.of("192.0.2.300", "192.0.2.1x", "192.0.2.1.5", "256.0.0.1", "1.2.3")) {
      assertEquals(
          new Outcome("", "dnsname: fatal: unable to parse IP address " + text + "\n", 111),
          run("dnsname", text));
    }
    for (String text : List.of("192.0.2.300", "1.2.3.4.5.6.7.256", "99999999999.0.0.1")) {
      assertOutput("\n", 0, "dnsip", text);
    }
    assertEquals(List.of(), zone.asked);
  }

  @Test
  void shouldRefuseQuestionsWithEmptyLabels() {
    for (String tool : List.of("dnsqr", "dnstrace")) {
      assertEquals(
          new Outcome("", tool + ": fatal: unable to parse www..test: empty label\n", 100),
          run(tool, "a", "www..test", "127.0.0.1"));
    }
    assertEquals(List.of(), zone.asked);
  }

  @Test
  void shouldPrintJson() {
    assertOutput(
        "{\"name\":\"www.test\",\"addresses\":[\"192.0.2.1\"]}\n",
        0,
        "dnsip",
        "--json",
        "www.test");
    assertOutput(
        "{\"name\":\"www.test\",\"addresses\":[\"2001:db8::1\"]}\n",
        0,
        "dnsip6",
        "--json",
        "www.test");
    assertOutput(
        "{\"name\":\"www\",\"fullName\":\"www.test\",\"addresses\":[\"192.0.2.1\"]}\n",
        0,
        "dnsipq",
        "--json",
        "www");
    assertOutput("{\"address\":\"::1\",\"name\":\"host\"}\n", 0, "dnsname", "--json", "::1");
    assertOutput(
        "{\"name\":\"www.test\",\"exchanges\":[{\"preference\":256,\"host\":\"host\"}]}\n",
        0,
        "dnsmx",
        "--json",
        "www.test");
    assertOutput(
        "{\"name\":\"www.test\",\"texts\":[[\"a\\u00ff\",\"\",\"\\\"\"]]}\n",
        0,
        "dnstxt",
        "--json",
        "www.test");
  }

  @Test
  void shouldPrintJsonOfWhatIsNotThere() {
    assertOutput(
        "{\"name\":\"empty.test\",\"addresses\":[]}\n", 0, "dnsip", "--json", "empty.test");
    assertOutput(
        "{\"name\":\"none\",\"fullName\":\"none.test\",\"addresses\":[]}\n",
        0,
        "dnsipq",
        "--json",
        "none");
    assertOutput("{\"name\":\"none.test\",\"exchanges\":[]}\n", 0, "dnsmx", "--json", "none.test");
    assertOutput("{\"name\":\"none.test\",\"texts\":[]}\n", 0, "dnstxt", "--json", "none.test");
  }

  @Test
  void shouldGoOnAfterAnErrorWithJson() {
    assertOutput(
        """
        {"name":"broken.test","error":"protocol error"}
        {"name":"www.test","addresses":["192.0.2.1"]}
        """,
        111,
        "dnsip",
        "--json",
        "--exit-code",
        "broken.test",
        "www.test");
    assertOutput(
        """
        {"address":"x","error":"unable to parse IP address"}
        {"address":"192.0.2.1","name":"host"}
        """,
        111,
        "dnsname",
        "--json",
        "x",
        "192.0.2.1");
  }

  @Test
  void shouldPrintValidJsonForEveryByte() {
    StringBuilder allBytes = new StringBuilder();
    for (char c = 1; c < 256; c++) {
      allBytes.append(c);
    }
    for (String tool : List.of("dnsip", "dnsip6", "dnsipq", "dnsmx", "dnstxt", "dnsname")) {
      String output = run(tool, "--json", allBytes.toString()).output();
      assertTrue(output.chars().allMatch(c -> c == '\n' || (c >= ' ' && c <= '~')), output);
      String key = tool.equals("dnsname") ? "address" : "name";
      assertEquals(allBytes.toString(), JsonReader.object(output.strip()).get(key));
    }
  }

  @Test
  void shouldTellByTheExitCodeWhetherAllWereFound() {
    List<List<String>> tools =
        List.of(
            List.of("dnsip"),
            List.of("dnsip6"),
            List.of("dnsipq"),
            List.of("dnsmx"),
            List.of("dnstxt"));
    for (List<String> tool : tools) {
      assertEquals(0, exitCode(tool, "--exit-code", "www.test", "www.test"));
      assertEquals(1, exitCode(tool, "--exit-code", "www.test", "none.test"));
      assertEquals(1, exitCode(tool, "--exit-code", "empty.test", "www.test"));
      assertEquals(0, exitCode(tool, "none.test"));
      assertEquals(111, exitCode(tool, "--exit-code", "none.test", "broken.test"));
    }
    assertOutput("0 none.test\n256 host\n", 1, "dnsmx", "--exit-code", "none.test", "www.test");
  }

  private int exitCode(List<String> tool, String... args) {
    List<String> words = new ArrayList<>(tool);
    words.addAll(List.of(args));
    return run(words.toArray(String[]::new)).exitCode();
  }

  /** Scripts of the original's time may pass any name. */
  @Test
  void shouldTakeOtherWordsForNames() {
    assertOutput("0 --tcp\n0 --all\n", 0, "dnsmx", "--tcp", "--all");
    assertOutput("0 --json\n", 0, "dnsmx", "--", "--json");
    assertEquals(List.of("15 --tcp", "15 --all", "15 --json"), zone.asked);
  }

  @Test
  void shouldPrintResponsesAsJson() {
    assertOutput(
        "{\"question\":{\"name\":\"WWW.test.\",\"type\":\"MX\"},\"server\":\""
            + server.address()
            + "\",\"transport\":\"tcp\",\"size\":59,\"flags\":[\"qr\",\"rd\",\"ra\"],"
            + "\"rcode\":\"NOERROR\",\"ede\":[],\"answer\":[{\"name\":\"WWW.test.\",\"ttl\":66051,"
            + "\"type\":\"MX\",\"data\":\"256 Host.\"}],\"authority\":[],\"additional\":["
            + "{\"name\":\"WWW.test.\",\"ttl\":66051,\"type\":\"A\",\"class\":\"CH\","
            + "\"data\":\"\\\\# 1 09\"}]}\n",
        0,
        "dnsqr",
        "--tcp",
        "--json",
        "mx",
        "WWW.test");
    String output = run("dnsq", "--json", "33", "www.test", server.address()).output();
    assertTrue(output.contains("\"type\":\"SRV\",\"data\":\"\\\\# 3 010203\"}"), output);
    output = run("dnsq", "--json", "100", "www.test", server.address()).output();
    assertTrue(output.contains("\"type\":\"UINFO\",\"data\":\"\\\\# 3 010203\"}"), output);
    JsonReader.object(output.strip());
  }

  @Test
  void shouldPrintFailedQueriesAsJson() {
    String question = "{\"question\":{\"name\":\"broken.test.\",\"type\":\"A\"},";
    assertOutput(
        question + "\"error\":\"protocol error\"}\n", 111, "dnsqr", "--json", "a", "broken.test");
    String refused = "127.12.20.4:1";
    assertOutput(
        question + "\"error\":\"connection refused\"}\n",
        0,
        "dnsq",
        "--tcp",
        "--json",
        "a",
        "broken.test",
        refused);
    assertOutput(
        question + "\"error\":\"connection refused\"}\n",
        111,
        "dnsq",
        "--tcp",
        "--json",
        "--exit-code",
        "a",
        "broken.test",
        refused);
  }

  private static final String WHY =
      "\"ede\":[{\"code\":22,\"meaning\":\"No Reachable Authority\",\"text\":\"why\\u00e4\"}]";

  @Test
  void shouldSayInJsonWhyAServerFails() {
    String error = "\"error\":\"temporary failure\",\"rcode\":\"SERVFAIL\",";
    String question = "{\"question\":{\"name\":\"failing.test.\",\"type\":\"A\"},";
    String failure = question + error + WHY + "}\n";
    String old = question.replace("failing", "old") + error + "\"ede\":[]}\n";
    List<Runnable> checks = new ArrayList<>();
    checks.add(() -> assertOutput(failure, 0, "dnsqr", "--json", "a", "failing.test"));
    checks.add(() -> assertOutput(failure, 0, "dnsqr", "--json", "--tcp", "a", "failing.test"));
    checks.add(
        () -> assertOutput(failure, 0, "dnsq", "--json", "a", "failing.test", server.address()));
    checks.add(() ->
        assertOutput(failure, 0, "dnsq", "--json", "--tcp", "a", "failing.test", server.address()));
    for (String tool : List.of("dnsip", "dnsip6", "dnsmx", "dnstxt")) {
      String named = "{\"name\":\"failing.test\"," + error + WHY + "}\n";
      checks.add(() -> assertOutput(named, 111, tool, "--json", "failing.test"));
    }
    checks.add(() -> assertOutput(old, 0, "dnsqr", "--json", "a", "old.test"));
    checks.add(() -> assertOutput(old, 0, "dnsq", "--json", "a", "old.test", server.address()));
    // Each tries a failing server for eleven seconds.
    sideBySide(checks);
    String blocked = run("dnsqr", "--json", "a", "blocked.test").output();
    assertTrue(blocked.contains("\"size\":30,"), blocked);
    assertTrue(blocked.contains("\"rcode\":\"NXDOMAIN\"," + WHY + ","), blocked);
    assertTrue(blocked.contains("\"additional\":[]"), blocked);
  }

  private static void sideBySide(List<Runnable> checks) {
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      List<CompletableFuture<Void>> running = new ArrayList<>();
      for (Runnable check : checks) {
        running.add(CompletableFuture.runAsync(check, threads));
      }
      running.forEach(CompletableFuture::join);
    }
  }

  @Test
  void shouldExplainFailures() {
    String head = "1 failing.test:\ntemporary failure\n";
    assertOutput(
        head
            + """
            explain: response code SERVFAIL
            explain: extended error 22, No Reachable Authority: why?
            """,
        0,
        "dnsqr",
        "--explain",
        "a",
        "failing.test");
    assertOutput(head, 0, "dnsqr", "a", "failing.test");
    assertTrue(
        run("dnsqr", "--explain", "a", "blocked.test")
            .output()
            .endsWith(
                """
                query: 1 blocked.test
                explain: extended error 22, No Reachable Authority: why?
                """));
    assertTrue(
        run("dnsqr", "--explain", "--json", "a", "failing.test")
            .output()
            .endsWith(
                ",\"explanation\":[\"response code SERVFAIL\","
                    + "\"extended error 22, No Reachable Authority: why?\"]}\n"));
  }

  @Test
  void shouldTellByTheExitCodeWhetherThereAreRecords() {
    for (String[] words :
        new String[][] {
          {"dnsqr", "--exit-code", "a", ""}, {"dnsq", "--exit-code", "a", "", server.address()}
        }) {
      words[3] = "www.test";
      assertEquals(0, run(words).exitCode());
      words[3] = "none.test";
      assertEquals(1, run(words).exitCode());
      assertTrue(run(words).output().endsWith("query: 1 none.test\n"));
      words[3] = "empty.test";
      assertEquals(1, run(words).exitCode());
    }
    assertEquals(0, run("dnsqr", "a", "none.test").exitCode());
  }
}
