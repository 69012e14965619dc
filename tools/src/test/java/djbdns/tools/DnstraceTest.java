package djbdns.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.client.ServerAddress;
import djbdns.client.Settings;
import djbdns.tools.Commands.Invocation;
import djbdns.tools.Commands.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What dnstrace can do beyond the original, at ports that need no root. */
final class DnstraceTest {
  private static final String ADDRESS = "127.12.30.21";

  private static ScriptedServer server() throws IOException {
    return ScriptedServer.start(ADDRESS, 0, new Answers(Answers.bytes(127, 12, 30, 21)));
  }

  private static Outcome run(String... words) {
    List<String> all = new ArrayList<>(List.of("dnstrace"));
    all.addAll(List.of(words));
    return Commands.ours(new Invocation(Map.of("LC_ALL", "C"), all));
  }

  private static String withoutTimes(Outcome outcome) {
    return outcome.output().replaceAll("[0-9.]+ ms", "N ms").replaceAll("\":[0-9]+,", "\":N,");
  }

  /** Nothing but the tree is written, and nothing to standard error. */
  @Test
  void shouldPrintATree() throws IOException {
    try (ScriptedServer server = server()) {
      Outcome outcome = run("--tree", "a", "x.y", server.address());
      assertEquals(
          """
          A x.y
          .
          `- %s answers A 127.12.30.21, N ms

          Answer:
            x.y 66051 A 127.12.30.21

          No problems found
          1 query to 1 address
          """
              .formatted(server.address()),
          withoutTimes(outcome));
      assertEquals("", outcome.errors());
      assertEquals(0, outcome.exitCode());
    }
  }

  @Test
  void shouldPrintJson() throws IOException {
    try (ScriptedServer server = server()) {
      String head =
          "{\"type\":\"A\",\"name\":\"x.y\",\"zone\":\".\",\"server\":\""
              + server.address()
              + "\",";
      String expected =
          head
              + "\"event\":\"reply\",\"microseconds\":N,\"rcode\":\"NOERROR\","
              + "\"authoritative\":true,\"tcp\":false}\n"
              + head
              + "\"event\":\"address\",\"owner\":\"x.y\",\"address\":\"127.12.30.21\"}\n"
              + head
              + "\"event\":\"answer\",\"ttl\":N,\"data\":\"A 127.12.30.21\"}\n";
      assertEquals(expected, withoutTimes(run("--json", "--tree", "a", "x.y", server.address())));
    }
  }

  @Test
  void shouldSayInItsExitCodeWhatCameOfIt() throws IOException {
    try (ScriptedServer server = server()) {
      String address = server.address();
      assertEquals(0, run("--tree", "--exit-code", "a", "x.y", address).exitCode());
      assertEquals(0, run("--exit-code", "a", "x.y", address).exitCode());
      String nobody = ADDRESS + ":1";
      assertEquals(2, run("--tree", "--exit-code", "a", "x.y", address, nobody).exitCode());
      assertEquals(0, run("--tree", "a", "x.y", address, nobody).exitCode());
    }
  }

  /** A port at which nobody listens is not waited for, nor is one that swallows everything. */
  @Test
  void shouldNotWaitForTheDead() throws IOException {
    Script silent =
        new Script() {
          @Override
          public List<byte[]> overUdp(byte[] query) {
            return List.of();
          }

          @Override
          public List<byte[]> overTcp(byte[] query) {
            return List.of();
          }
        };
    try (ScriptedServer server = ScriptedServer.start(ADDRESS, 0, silent)) {
      String output =
          run("--tree", "--timeout", "1", "a", "x", server.address(), ADDRESS + ":1").output();
      assertTrue(output.contains(server.address() + " does not answer: timed out"), output);
      assertTrue(output.contains(ADDRESS + ":1 does not answer: connection refused"), output);
      assertTrue(output.contains("\n  .: no server of this zone works\n"), output);
    }
  }

  @Test
  void shouldAskOverIpv6AndKeepTheFieldsOfLines() throws IOException {
    try (ScriptedServer server =
        ScriptedServer.start("::1", 0, new Answers(new byte[] {1, 2, 3, 4}))) {
      String address = server.address().replace(':', '-');
      assertEquals(
          "0:.:.:start:NS:.:.\n0:.:.:start:AAAA:.:%1$s\n1:x:.:%1$s:tx\n1:x:.:%1$s:A:x:1.2.3.4\n"
                  .formatted(address)
              + "1:x:.:"
              + address
              + ":answer:x 66051 A 1.2.3.4\n",
          run("a", "x", server.address()).output());
    }
  }

  @Test
  void shouldRefuseOptionsThatMakeNoSense() {
    String usage = "dnstrace: usage: dnstrace type name rootip ...\n";
    for (String option :
        List.of("--rate=0", "--rate=x", "--rate=", "--concurrency=1001", "--color=red")) {
      assertEquals(new Outcome("", usage, 100), run(option, "a", "x"), option);
    }
    assertEquals(
        new Outcome(
            "", "dnstrace: fatal: unable to parse " + "x".repeat(64) + ": protocol error\n", 111),
        run("--tree", "a", "x".repeat(64)));
  }

  private static Settings settings(Map<String, String> variables, Map<String, String> files) {
    return new Settings() {
      @Override
      public Optional<String> variable(String name) {
        return Optional.ofNullable(variables.get(name));
      }

      @Override
      public Optional<String> file(String path) {
        return Optional.ofNullable(files.get(path));
      }

      @Override
      public Object stamp(String path) {
        return path;
      }

      @Override
      public String hostName() {
        return "";
      }
    };
  }

  @Test
  void shouldKnowTheServersOfTheRoot() throws IOException {
    Settings bare = settings(Map.of(), Map.of());
    assertEquals(13, TraceRoots.of(bare, false).size());
    assertEquals(26, TraceRoots.of(bare, true).size());
    Settings local = settings(Map.of(), Map.of("/etc/dnsroots.local", "10.0.0.1\n\n::1\n"));
    assertEquals(ServerAddress.parseList("10.0.0.1"), TraceRoots.of(local, false));
    assertEquals(ServerAddress.parseList("10.0.0.1,::1"), TraceRoots.of(local, true));
  }

  @Test
  void shouldDrawByTheLocale() {
    assertTrue(Terminal.of(settings(Map.of("LANG", "de_DE.UTF-8"), Map.of())).unicode());
    assertTrue(Terminal.of(settings(Map.of("LC_ALL", "C.utf8", "LANG", "C"), Map.of())).unicode());
    assertFalse(
        Terminal.of(settings(Map.of("LC_ALL", "C", "LANG", "C.UTF-8"), Map.of())).unicode());
    assertFalse(Terminal.of(settings(Map.of(), Map.of())).unicode());
    assertFalse(Terminal.of(settings(Map.of("TERM", "dumb"), Map.of())).colour());
  }
}
