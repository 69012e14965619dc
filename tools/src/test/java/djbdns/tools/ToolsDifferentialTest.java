package djbdns.tools;

import djbdns.tools.Commands.Invocation;
import djbdns.tools.Commands.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * dnsip, dnsipq, dnsname, dnsmx, dnstxt and random-ip beside the originals, asking the same server:
 * equal output, errors and exit codes. Addresses come in a random order and are compared sorted.
 */
final class ToolsDifferentialTest {
  private static final String SERVER = "127.12.20.1";
  private static final String FAILING_SERVER = "127.12.20.2";
  private static final Map<String, String> CACHE =
      Map.of("DNSCACHEIP", SERVER, "LOCALDOMAIN", "x.test");

  /** Those that take names. */
  private static final List<String> NAME_TOOLS = List.of("dnsip", "dnsipq", "dnsmx", "dnstxt");

  /** One for each type. */
  private static final List<String> TOOLS = List.of("dnsip", "dnsname", "dnsmx", "dnstxt");

  private static final int THREADS = 8;
  private static final int SEED = 20261129;

  private static final Answers ANSWERS = new Answers(Answers.bytes(127, 12, 20, 1));
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

  private static void assertSame(List<Invocation> invocations)
      throws InterruptedException, ExecutionException {
    Commands.assertSame(invocations, THREADS, ToolsDifferentialTest::sorted);
  }

  /** The words of each line in an order that is always the same. */
  private static Outcome sorted(Outcome outcome) {
    StringBuilder sorted = new StringBuilder();
    for (String line : outcome.output().split("\n", -1)) {
      String[] words = line.split(" ", -1);
      Arrays.sort(words);
      sorted.append(String.join(" ", words)).append('\n');
    }
    return new Outcome(sorted.toString(), outcome.errors(), outcome.exitCode());
  }

  /** The argument for which the server gives an answer. */
  private static String argument(String tool, int answer) {
    return tool.equals("dnsname")
        ? "10.0." + answer / 256 + "." + answer % 256
        : "c" + answer + ".test";
  }

  @Test
  void shouldReadEveryAnswer() throws InterruptedException, ExecutionException {
    List<Invocation> invocations = new ArrayList<>();
    for (int i = 0; i < ANSWERS.count(); i++) {
      for (int j = 0; j < TOOLS.size(); j++) {
        // The format of packets is the same to all of them.
        if (ANSWERS.isLookup(i) || i % TOOLS.size() == j) {
          invocations.add(new Invocation(CACHE, TOOLS.get(j), argument(TOOLS.get(j), i)));
        }
      }
    }
    assertSame(invocations);
  }

  @Test
  void shouldReadEveryName() throws InterruptedException, ExecutionException {
    List<Invocation> invocations = new ArrayList<>();
    for (String tool : NAME_TOOLS) {
      for (String name : Commands.NAMES) {
        if (!name.equals("--")) {
          invocations.add(new Invocation(CACHE, tool, name));
        }
      }
      for (String name :
          List.of(
              "[1.2.3.4]",
              "127...1",
              "1.2.3.4.5.6.7.8.9",
              "1.2.3",
              "...",
              "[]",
              "1.2.3.4x",
              "1.2.3.4 ",
              "\u00e9.\u0001\u00ff\u0080",
              "\u00ff".repeat(64),
              "a+.b+.c80.test+.d",
              "+",
              "a++",
              "a+",
              "x".repeat(300))) {
        invocations.add(new Invocation(CACHE, tool, name));
      }
    }
    assertSame(invocations);
  }

  @Test
  void shouldReadEveryAddress() throws InterruptedException, ExecutionException {
    List<Invocation> invocations = new ArrayList<>();
    for (String address :
        List.of(
            "10.0.1.1",
            "010.0.01.001",
            "10.0.1",
            "10.0.1.",
            "10.0..1",
            ".10.0.1.1",
            "",
            " 10.0.1.1",
            "-1.0.0.1",
            "+10.0.1.1",
            "[10.0.1.1]",
            "0x0a.0.1.1",
            "x",
            "\u00ff\u00fe",
            "255.255.255.255",
            "0.0.0.0",
            "x".repeat(9000))) {
      invocations.add(new Invocation(CACHE, "dnsname", address));
      invocations.add(new Invocation(CACHE, "dnsname", "10.0.1.30", address, "10.0.1.31"));
    }
    assertSame(invocations);
  }

  @Test
  void shouldTakeSeveralArguments() throws InterruptedException, ExecutionException {
    Random random = new Random(SEED);
    List<Invocation> invocations = new ArrayList<>();
    for (String tool : List.of("dnsip", "dnsipq", "dnsname", "dnsmx", "dnstxt")) {
      invocations.add(new Invocation(CACHE, tool));
      for (int i = 0; i < 40; i++) {
        List<String> words = new ArrayList<>(List.of(tool));
        int count = 2 + random.nextInt(5);
        for (int j = 0; j < count; j++) {
          words.add(
              random.nextInt(6) == 0
                  ? Commands.NAMES.get(random.nextInt(Commands.NAMES.size()))
                  : argument(tool, random.nextInt(ANSWERS.count())));
        }
        if (!words.get(1).equals("--")) {
          invocations.add(new Invocation(CACHE, words));
        }
      }
    }
    assertSame(invocations);
  }

  /** What no longer fitted into the buffer has been written when a later argument fails. */
  @Test
  void shouldHaveWrittenTheSameBeforeAnError() throws InterruptedException, ExecutionException {
    List<Invocation> invocations = new ArrayList<>();
    String tooLong = "x".repeat(64);
    List<String> words = new ArrayList<>(List.of("dnstxt"));
    for (int i = 0; i < 60; i++) {
      words.add(argument("dnstxt", ANSWERS.longText()));
      List<String> failing = new ArrayList<>(words);
      failing.add(tooLong);
      invocations.add(new Invocation(CACHE, failing));
    }
    for (int answer : ANSWERS.longAnswers()) {
      String name = argument("dnstxt", answer);
      invocations.add(new Invocation(CACHE, "dnstxt", name, tooLong));
      invocations.add(new Invocation(CACHE, "dnstxt", name, name, tooLong));
      invocations.add(new Invocation(CACHE, "dnstxt", "c0.test", name, tooLong));
    }
    for (int count : new int[] {1, 740, 750, 2000, 5000}) {
      List<String> addresses = new ArrayList<>(List.of("dnsip"));
      for (int i = 0; i < count; i++) {
        addresses.add("192.0." + i / 256 + "." + i % 256);
      }
      addresses.add(tooLong);
      invocations.add(new Invocation(CACHE, addresses));
    }
    assertSame(invocations);
  }

  @Test
  void shouldQualifyNamesInTheSameWay(@TempDir Path dir)
      throws InterruptedException, ExecutionException, IOException {
    Path rules =
        Files.writeString(
            dir.resolve("rules"), "=me:1.2.3.4\n-.any:some.name\n*.a:.b\n?:+.c90.x+.y\n*.:\n");
    List<Map<String, String>> environments =
        List.of(
            Map.of("DNSCACHEIP", SERVER, "LOCALDOMAIN", "one.test two.test"),
            Map.of("DNSCACHEIP", SERVER, "LOCALDOMAIN", ""),
            Map.of("DNSCACHEIP", "." + SERVER + ".127.12.20.9", "LOCALDOMAIN", " x  y "),
            Map.of("DNSCACHEIP", SERVER, "DNSREWRITEFILE", rules.toString()),
            Map.of("DNSCACHEIP", SERVER, "DNSREWRITEFILE", dir.toString()),
            Map.of("DNSCACHEIP", SERVER, "DNSREWRITEFILE", rules + "/x"),
            Map.of("DNSCACHEIP", SERVER, "DNSREWRITEFILE", dir + "/missing", "LOCALDOMAIN", "z"));
    List<Invocation> invocations = new ArrayList<>();
    for (Map<String, String> environment : environments) {
      for (String name :
          List.of(
              "me",
              "ME",
              "x.me",
              "bare",
              "bare.",
              "two.labels",
              "x.any",
              ".any",
              "x.a",
              "X.A.",
              "[1.2.3.4]",
              "1.2.3.4",
              "",
              ".",
              "..",
              "c80",
              "c90+.x+.y",
              "[x]",
              "a.b.",
              "+",
              "x+",
              "x".repeat(64),
              "\u00e4",
              "\\141")) {
        invocations.add(new Invocation(environment, "dnsipq", name));
      }
      invocations.add(new Invocation(environment, "dnsip", "me", "bare."));
      invocations.add(new Invocation(environment, "dnsipq", "bare", "me", "c80.test"));
    }
    assertSame(invocations);
  }

  @Test
  void shouldFailInTheSameWay() throws InterruptedException, ExecutionException {
    Map<String, String> failing = Map.of("DNSCACHEIP", FAILING_SERVER, "LOCALDOMAIN", "x.test");
    List<Invocation> invocations = new ArrayList<>();
    for (int i = 0; i < FailingScript.COUNT; i++) {
      for (String tool : NAME_TOOLS) {
        invocations.add(new Invocation(failing, tool, "f" + i + ".test"));
      }
    }
    for (String address : List.of("0.0.0.0", "255.255.255.255")) {
      Map<String, String> nobody = Map.of("DNSCACHEIP", address, "LOCALDOMAIN", "x.test");
      for (String tool : List.of("dnsip", "dnsipq", "dnsname", "dnsmx", "dnstxt")) {
        invocations.add(new Invocation(nobody, tool, "1.2.3.4", "x"));
      }
    }
    assertSame(invocations);
  }

  /** Those of its outputs that do not depend on what it draws. */
  @Test
  void shouldPrintTheSameRandomAddresses() throws InterruptedException, ExecutionException {
    List<Invocation> invocations = new ArrayList<>();
    for (List<String> args :
        List.of(
            List.of("0"),
            List.of(""),
            List.of("x"),
            List.of("-1"),
            List.of("5", "1", "2", "3", "4"),
            List.of("0", "1", "2", "3", "4"),
            List.of("18446744073709551617", "1", "2", "3", "4", "5"),
            List.of("1x", "256", "-1", "999", ""),
            List.of("256", "1", "2", "3"),
            List.of("99999", "1", "2", "3x"),
            List.of("18446744073709551615", "300", "200", "100"),
            List.of("65536", "10", "0"))) {
      List<String> words = new ArrayList<>(List.of("random-ip"));
      words.addAll(args);
      invocations.add(new Invocation(Map.of(), words));
    }
    Commands.assertSame(invocations, THREADS, ToolsDifferentialTest::sortedLines);
  }

  private static Outcome sortedLines(Outcome outcome) {
    String[] lines = outcome.output().split("\n", -1);
    Arrays.sort(lines);
    return new Outcome(String.join("\n", lines), outcome.errors(), outcome.exitCode());
  }
}
