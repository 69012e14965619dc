package djbdns.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;

import djbdns.tools.Commands.Invocation;
import djbdns.tools.Commands.Outcome;
import djbdns.wire.Name;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * dnsq and dnsqr beside the originals, asking the same server: equal output, errors and exit codes.
 */
final class OriginalComparisonTest {
  private static final String SERVER = "127.12.5.1";
  private static final String FAILING_SERVER = "127.12.5.2";
  private static final String NOBODY = "127.12.5.9";
  private static final Map<String, String> CACHE = Map.of("DNSCACHEIP", SERVER);

  private static final Answers ANSWERS = new Answers(Answers.bytes(127, 12, 5, 1));
  private static final List<ScriptedServer> SERVERS = new ArrayList<>();

  @BeforeAll
  static void start() throws IOException {
    Commands.assumeOriginals();
    SERVERS.add(ScriptedServer.start(SERVER, 53, ANSWERS));
    SERVERS.add(ScriptedServer.start(FAILING_SERVER, 53, new FailingScript()));
  }

  @AfterAll
  static void stop() throws IOException {
    for (ScriptedServer server : SERVERS) {
      server.close();
    }
  }

  @Test
  void shouldPrintEveryAnswer() throws InterruptedException, ExecutionException {
    List<Invocation> invocations = new ArrayList<>();
    for (int i = 0; i < ANSWERS.count(); i++) {
      invocations.add(
          i % 2 == 0
              ? new Invocation(Map.of(), "dnsq", "any", "c" + i + ".TEST", SERVER)
              : new Invocation(CACHE, "dnsqr", "any", "c" + i + ".test"));
    }
    Commands.assertSame(invocations, 8);
  }

  private static final List<String> TYPES =
      List.of(
          "any",
          "a",
          "ns",
          "mx",
          "ptr",
          "txt",
          "cname",
          "soa",
          "hinfo",
          "rp",
          "sig",
          "key",
          "aaaa",
          "axfr",
          "ANY",
          "Mx",
          "aAaA",
          "",
          "0",
          "1",
          "01",
          "255",
          "65535",
          "65536",
          "65537",
          "99999999999999999999999",
          "1x",
          "-1",
          "+1",
          " 1",
          "1 ",
          "x",
          "aa",
          "anyx",
          "a.",
          "?");

  @Test
  void shouldReadEveryTypeAndName() throws InterruptedException, ExecutionException {
    List<Invocation> invocations = new ArrayList<>();
    for (String type : TYPES) {
      invocations.add(new Invocation(Map.of(), "dnsq", type, "x.y", SERVER));
      invocations.add(new Invocation(CACHE, "dnsqr", type, "x.y"));
    }
    for (String name : Commands.NAMES) {
      if (Name.hasEmptyLabel(name)) {
        continue;
      }
      invocations.add(new Invocation(Map.of(), "dnsq", "ns", name, SERVER));
      invocations.add(new Invocation(CACHE, "dnsqr", "ns", name));
    }
    Commands.assertSame(invocations, 8, OriginalComparisonTest::withUsageForUnknownTypes);
  }

  /** 1.05 takes them for other names and other addresses. */
  @Test
  void shouldRefuseEmptyLabelsAndAddressesThatAreNone() throws Exception {
    assertEquals(
        new Outcome("", "dnsq: fatal: unable to parse x..y: empty label\n", 100),
        Commands.ours(new Invocation(Map.of(), "dnsq", "ns", "x..y", SERVER)));
    assertEquals(
        new Outcome("2 x:\ninput/output error\n", "", 0),
        Commands.ours(new Invocation(Map.of(), "dnsq", "ns", "x", "127.268.261.1")));
  }

  /** What the original says only by its usage line, ours says in words. */
  private static Outcome withUsageForUnknownTypes(Outcome outcome) {
    String errors =
        outcome
            .errors()
            .replaceFirst(
                "^dnsq: fatal: unknown type: .*\n$", "dnsq: usage: dnsq type name server\n")
            .replaceFirst("^dnsqr: fatal: unknown type: .*\n$", "dnsqr: usage: dnsqr type name\n");
    return new Outcome(outcome.output(), errors, outcome.exitCode());
  }

  @Test
  void shouldSayThatATypeIsUnknown() throws Exception {
    for (String command : List.of("dnsq", "dnsqr")) {
      String unknown = command + ": fatal: unknown type: ";
      assertEquals(
          new Outcome("", unknown + "bogus\n", 100),
          Commands.ours(new Invocation(CACHE, command, "bogus", "name")));
      assertEquals(
          new Outcome("", unknown + "x.y (the type comes before the name)\n", 100),
          Commands.ours(new Invocation(CACHE, command, "x.y", "mx", SERVER)));
      assertEquals(
          new Outcome("", unknown + "--tpc (see --help)\n", 100),
          Commands.ours(new Invocation(CACHE, command, "--tpc", "mx", "x.y")));
    }
  }

  @Test
  void shouldCheckOperandsInTheSameOrder() throws InterruptedException, ExecutionException {
    List<Invocation> invocations = new ArrayList<>();
    String longName = "x".repeat(64);
    for (String command : List.of("dnsq", "dnsqr")) {
      for (List<String> operands :
          List.of(
              List.<String>of(),
              List.of("a"),
              List.of("bad"),
              List.of("a", "x"),
              List.of("bad", "x"),
              List.of("a", longName),
              List.of("bad", longName),
              List.of("a", longName, SERVER),
              List.of("bad", "x", SERVER),
              List.of("a", "x", SERVER, "extra"),
              List.of("a", "x", SERVER, "extra", "extra"),
              List.of("a", longName, SERVER, "extra"),
              List.of("a", "x", longName),
              List.of("-x", "x", SERVER),
              List.of("-", "x", SERVER))) {
        List<String> words = new ArrayList<>(List.of(command));
        words.addAll(operands);
        invocations.add(new Invocation(CACHE, words));
      }
    }
    Commands.assertSame(invocations, 8, OriginalComparisonTest::withUsageForUnknownTypes);
  }

  @Test
  void shouldFindServersInTheSameWay(@TempDir Path dir)
      throws InterruptedException, ExecutionException, IOException {
    Path rules = Files.writeString(dir.resolve("rules"), "=me:" + SERVER + "\n?:+.c7.x+.y\n*.:\n");
    List<Map<String, String>> environments =
        List.of(
            CACHE,
            Map.of("DNSCACHEIP", "." + SERVER + "." + NOBODY),
            Map.of("DNSCACHEIP", SERVER, "DNSREWRITEFILE", rules.toString()),
            Map.of("DNSCACHEIP", SERVER, "DNSREWRITEFILE", dir.toString()),
            Map.of("DNSCACHEIP", SERVER, "LOCALDOMAIN", "one two"));
    List<Invocation> invocations = new ArrayList<>();
    for (Map<String, String> environment : environments) {
      for (String server :
          List.of(
              SERVER,
              SERVER + ".",
              "[" + SERVER + "]",
              SERVER + "." + NOBODY,
              SERVER + ".1.2.3",
              "",
              ".",
              "1.2.3",
              "127..12",
              "0.0.0.0",
              "0.0.0.0." + SERVER,
              "255.255.255.255",
              "some.name",
              "some.name.",
              "me",
              "bare",
              "c3.test",
              "c80.test",
              "c150.test",
              "x".repeat(64),
              "a+.b",
              "+",
              "\\141")) {
        invocations.add(new Invocation(environment, "dnsq", "a", "x", server));
      }
    }
    invocations.add(new Invocation(Map.of("DNSCACHEIP", "0.0.0.0"), "dnsqr", "a", "x"));
    invocations.add(new Invocation(Map.of("DNSCACHEIP", "255.255.255.255"), "dnsqr", "a", "x"));
    Commands.assertSame(invocations, 8);
  }

  @Test
  void shouldFailInTheSameWay() throws InterruptedException, ExecutionException {
    List<Invocation> invocations = new ArrayList<>();
    for (int i = 0; i < FailingScript.COUNT; i++) {
      String name = "f" + i + ".test";
      invocations.add(new Invocation(Map.of(), "dnsq", "a", name, FAILING_SERVER));
    }
    for (int rcode : new int[] {1, 2, 4, 5, 15}) {
      String name = "r" + rcode + ".test";
      invocations.add(new Invocation(Map.of(), "dnsq", "a", name, FAILING_SERVER));
      invocations.add(new Invocation(Map.of(), "dnsq", "a", name, FAILING_SERVER + "." + SERVER));
    }
    invocations.add(new Invocation(Map.of(), "dnsq", "a", "x", NOBODY));
    invocations.add(new Invocation(Map.of(), "dnsq", "a", "x", NOBODY + "." + SERVER));
    invocations.add(new Invocation(Map.of("DNSCACHEIP", FAILING_SERVER), "dnsqr", "a", "r2.test"));
    Commands.assertSame(invocations, invocations.size());
  }
}
