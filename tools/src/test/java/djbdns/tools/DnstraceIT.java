package djbdns.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * dnstrace in a {@link TestInternet}: its lines beside the original's, and trees of what is wrong
 * there.
 */
@Timeout(120)
final class DnstraceIT {
  private static final String ROOT = "10.53.0.1";

  /** What no silent server has a say in: the original would wait a minute for each. */
  private static final List<String> QUESTIONS =
      List.of(
          "a www.one.alfa",
          "any one.alfa",
          "mx one.alfa",
          "a alias.one.alfa",
          "a chain1.one.alfa",
          "a big.one.alfa",
          "a missing.one.alfa",
          "a sub.one.alfa",
          "a www.glueless.alfa",
          "a www.deep.alfa",
          "a www.circle.alfa",
          "a round1.one.alfa",
          "ns .");

  @TempDir private static Path directory;

  private static TestInternet internet;

  @BeforeAll
  static void start() throws Exception {
    TestInternet.assumePossible();
    Commands.assumeOriginals();
    internet = TestInternet.start(Files.createDirectory(directory.resolve("internet")));
  }

  @AfterAll
  static void stop() throws Exception {
    if (internet != null) {
      internet.close();
    }
  }

  private static Execution run(String... words) throws Exception {
    return internet.namespace().run(directory, words);
  }

  /** One shell for all of them: a namespace is entered once. */
  private static List<String> traces(String command) throws Exception {
    StringBuilder script = new StringBuilder();
    for (String question : QUESTIONS) {
      script.append(command).append(' ').append(question).append(' ').append(ROOT);
      script.append(" 10.53.0.2 2>&1; echo \"exit $?\"; echo ===\n");
    }
    String output = run("sh", "-c", script.toString()).output();
    return List.of(output.replaceAll("(?m)^.*took more than 1 second\n", "").split("===\n"));
  }

  @Test
  void shouldPrintTheLinesOfTheOriginal() throws Exception {
    List<String> expected = traces("/usr/bin/dnstrace");
    List<String> actual = traces(launch("dnstrace") + " --rate 1000");
    assertEquals(QUESTIONS.size(), expected.size());
    List<String> differences = new ArrayList<>();
    for (int i = 0; i < QUESTIONS.size(); i++) {
      if (!actual.get(i).equals(expected.get(i))) {
        differences.add(QUESTIONS.get(i) + "\n" + expected.get(i) + "but\n" + actual.get(i));
      }
    }
    assertTrue(differences.isEmpty(), () -> String.join("\n", differences));
    assertTrue(expected.getFirst().lines().count() > 20, expected::getFirst);
  }

  @Test
  void shouldSortWhatTheOriginalSays() throws Exception {
    Path trace = directory.resolve("trace");
    run("sh", "-c", "/usr/bin/dnstrace any one.alfa " + ROOT + " >" + trace);
    assertEquals(
        run("sh", "-c", "/usr/bin/dnstracesort <" + trace),
        run("sh", "-c", launch("dnstracesort") + " <" + trace));
  }

  private static String launch(String command) {
    return "env DJBDNS_JAVA="
        + Path.of(System.getProperty("java.home"), "bin/java")
        + " "
        + Suite.launcher(command);
  }

  private static Execution tree(String words) throws Exception {
    return run("sh", "-c", launch("dnstrace") + " --tree --timeout 2 " + words + " " + ROOT);
  }

  private static String withoutNumbers(String text) {
    return text.replaceAll("[0-9.]+ (to [0-9.]+ )?ms", "N ms")
        .replaceAll("[0-9]+ queries to [0-9]+ addresses", "N queries to N addresses");
  }

  @Test
  void shouldDrawLameServers() throws Exception {
    Execution execution = tree("--exit-code a www.lame.alfa");
    assertEquals(
        """
        A www.lame.alfa
        .
        |- 10.53.0.1 refers to alfa, N ms
        `- alfa
           |- ns.alfa 10.53.1.1 refers to lame.alfa, N ms
           `- lame.alfa
              |- ns1.lame.alfa 10.53.2.2 answers A 192.0.2.60, N ms
              `- ! ns2.lame.alfa 10.53.2.1 is lame (REFUSED), N ms

        Answer:
          www.lame.alfa 600 A 192.0.2.60

        1 problem:
          lame.alfa: ns2.lame.alfa 10.53.2.1 is lame (REFUSED)
        N queries to N addresses
        """,
        withoutNumbers(execution.output()));
    assertEquals("", execution.error());
    assertEquals(2, execution.exitCode());
  }

  @Test
  void shouldDrawDeadServersSoon() throws Exception {
    String output = withoutNumbers(tree("a www.dead.alfa").output());
    assertTrue(
        output.contains(
            """
                  |- ns1.dead.alfa 10.53.2.2 answers A 192.0.2.61, N ms
                  |- ! ns2.dead.alfa 10.53.9.1 does not answer: timed out, N ms
                  `- ! ns3.dead.alfa 10.53.8.1 does not answer: connection refused, N ms
            """),
        output);
  }

  @Test
  void shouldDrawDelegationsThatNobodyCanFollow() throws Exception {
    String output = tree("a www.circle.alfa").output();
    assertTrue(output.contains("circle.alfa: nobody can find its servers: "), output);
    assertTrue(output.contains("ns.circle.bravo needs ns.circle.alfa needs"), output);
  }

  @Test
  void shouldFollowAliasesRoundInACircle() throws Exception {
    String output = tree("a round1.one.alfa").output();
    assertTrue(
        output.contains(
            "one.alfa: aliases go round in a circle:"
                + " round1.one.alfa > round2.one.alfa > round1.one.alfa\n"),
        output);
  }

  @Test
  void shouldReachWhatOnlyIpv6Reaches() throws Exception {
    Execution execution = tree("--ipv6 --exit-code aaaa www.six.alfa");
    assertTrue(
        execution.output().contains("ns.six.alfa fd00:53:6::1 answers AAAA 2001:db8::50"),
        execution::output);
    assertEquals(0, execution.exitCode(), execution::output);
  }

  /** On a terminal: colour and box characters, and a line of progress that does not stay. */
  @Test
  void shouldUseATerminal() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")), "there is no script(1) here");
    String command =
        "env TERM=xterm LC_ALL=C.UTF-8 " + launch("dnstrace") + " --tree a www.one.alfa " + ROOT;
    Execution execution =
        Execution.of(
            directory,
            Map.of("PATH", "/usr/bin:/bin:/usr/sbin", "SHELL", "/bin/sh"),
            internet.namespace().inside(List.of("script", "-qec", command, "/dev/null")));
    String output = execution.output();
    assertTrue(output.contains("\u251c\u2500 10.53.0.1 refers to alfa"), output);
    assertTrue(output.contains("\u001b[1mone.alfa\u001b[0m"), output);
    assertTrue(output.contains("replies, waiting for"), output);
    assertTrue(output.indexOf("\r\u001b[KA www.one.alfa") > 0, output);
    assertFalse(tree("a www.one.alfa").output().contains("\u001b"), "colour in a pipe");
  }
}
