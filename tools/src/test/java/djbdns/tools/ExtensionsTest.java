package djbdns.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.tools.Commands.Invocation;
import djbdns.tools.Commands.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What dnsq and dnsqr can do beyond the originals, at ports that need no root. */
final class ExtensionsTest {
  private static final String ANSWER =
      """
      1 x.y:
      37 bytes, 1+1+0+0 records, response, authoritative, noerror
      query: 1 x.y
      answer: x.y 66051 A 127.12.6.1
      """;

  private static ScriptedServer server(String address) throws IOException {
    return ScriptedServer.start(address, 0, new Answers(Answers.bytes(127, 12, 6, 1)));
  }

  private static Outcome run(Map<String, String> environment, String... words) {
    return Commands.ours(new Invocation(environment, words));
  }

  @Test
  void shouldAskOtherPorts() throws IOException {
    try (ScriptedServer server = server("127.12.6.1")) {
      Outcome expected = new Outcome(ANSWER, "", 0);
      assertEquals(expected, run(Map.of(), "dnsq", "a", "x.y", server.address()));
      assertEquals(expected, run(Map.of("DNSCACHEIP", server.address()), "dnsqr", "a", "x.y"));
      assertEquals(expected, run(Map.of(), "dnsq", "a", "x.y", "127.12.6.9:1," + server.address()));
    }
  }

  @Test
  void shouldAskOverIpv6() throws IOException {
    try (ScriptedServer server = server("::1")) {
      assertEquals(new Outcome(ANSWER, "", 0), run(Map.of(), "dnsq", "a", "x.y", server.address()));
    }
  }

  @Test
  void shouldAskOverTcpWhenTold() throws IOException {
    Script tcpOnly =
        new Script() {
          private final Script answers = new Answers(Answers.bytes(127, 12, 6, 1));

          @Override
          public List<byte[]> overUdp(byte[] query) {
            return List.of();
          }

          @Override
          public List<byte[]> overTcp(byte[] query) {
            return answers.overTcp(query);
          }
        };
    try (ScriptedServer server = ScriptedServer.start("127.12.6.1", 0, tcpOnly)) {
      Outcome expected = new Outcome(ANSWER, "", 0);
      assertEquals(expected, run(Map.of(), "dnsq", "--tcp", "a", "x.y", server.address()));
      assertEquals(
          expected, run(Map.of("DNSCACHEIP", server.address()), "dnsqr", "--tcp", "a", "x.y"));
    }
  }

  @Test
  void shouldKnowEveryMnemonic() throws IOException {
    try (ScriptedServer server = server("127.12.6.1")) {
      String output = run(Map.of(), "dnsq", "https", "x.y", server.address()).output();
      assertTrue(output.startsWith("65 x.y:\n"), output);
      output = run(Map.of(), "dnsq", "type731", "x.y", server.address()).output();
      assertTrue(output.startsWith("731 x.y:\n"), output);
    }
  }

  /** A process of its own: only that has bytes as arguments. */
  @Test
  void shouldKeepTheBytesOfArguments() throws IOException, InterruptedException {
    try (ScriptedServer server = server("127.12.6.1")) {
      String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
      String classPath = System.getProperty("java.class.path");
      Outcome outcome =
          Commands.run(
              List.of(
                  "/bin/sh",
                  "-c",
                  "exec \"$@\" djbdns.tools.Dnsq a \"$(printf 'A\\377\\303\\251')\" "
                      + server.address(),
                  "sh",
                  java,
                  "-XX:TieredStopAtLevel=1",
                  "-cp",
                  classPath),
              Map.of());
      assertEquals("", outcome.errors());
      assertEquals("1 a\\377\\303\\251:", outcome.output().lines().findFirst().orElse(""));
      assertEquals(0, outcome.exitCode());
    }
  }

  @Test
  void shouldExplainItself() {
    assertEquals(new Outcome("", "", 0), run(Map.of(), "dnsq", "--help"));
    assertEquals(new Outcome("", "", 0), run(Map.of(), "dnsqr", "--version"));
    assertEquals(100, run(Map.of(), "dnsq", "--unknown").exitCode());
  }
}
