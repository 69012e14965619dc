package djbdns.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import djbdns.tools.Dig.Asked;
import djbdns.tools.Dig.Reply;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** dnscache in a {@link TestInternet}, beside Unbound and before the clients that people use. */
@Timeout(300)
final class EndToEndIT {
  private static final String OURS = "10.53.53.1";
  private static final String UNBOUND = "10.53.53.2";
  private static final String CLIENT = "10.53.60.1";
  private static final String STRANGER = "10.53.61.1";
  private static final String OF_STRANGER =
      "dnscache: warning: no answer to " + STRANGER + ": ip has no file that allows it";
  private static final List<String> TYPES = List.of("A", "AAAA", "MX", "TXT", "NS", "SOA", "CNAME");

  /** Of the zones in internet/; what is special about each stands there. */
  private static final List<String> NAMES =
      List.of(
          ". alfa bravo charlie missing host.alfa missing.alfa ns.alfa",
          "one.alfa www.one.alfa mail.one.alfa missing.one.alfa mixed.one.alfa WWW.One.Alfa",
          "under_score.one.alfa sp\\032ace.one.alfa short.one.alfa zero.one.alfa",
          "alias.one.alfa chain1.one.alfa far.one.alfa deepest.one.alfa tosix.one.alfa",
          "nowhere.one.alfa tonone.one.alfa toempty.one.alfa",
          "wild.one.alfa x.wild.one.alfa x.y.wild.one.alfa taken.wild.one.alfa",
          "below.taken.wild.one.alfa x.wildalias.one.alfa",
          "ent.one.alfa b.ent.one.alfa a.b.ent.one.alfa c.ent.one.alfa",
          "tree.one.alfa www.tree.one.alfa a.b.tree.one.alfa missing.tree.one.alfa",
          "x.away.one.alfa www.tree.three.charlie back.tree.one.alfa",
          "big.one.alfa medium.one.alfa long.one.alfa text.one.alfa",
          "sub.one.alfa www.sub.one.alfa up.sub.one.alfa missing.sub.one.alfa",
          "two.bravo www.two.bravo back.two.bravo b.two.bravo missing.two.bravo",
          "three.charlie www.three.charlie missing.three.charlie",
          "six.alfa www.six.alfa missing.six.alfa",
          "lame.alfa www.lame.alfa missing.lame.alfa",
          "dead.alfa www.dead.alfa missing.dead.alfa",
          "glueless.alfa www.glueless.alfa missing.glueless.alfa",
          "deep.alfa www.deep.alfa missing.deep.alfa");

  /** Names that nobody can find out about: the answer is a SERVFAIL. */
  private static final List<String> HOPELESS =
      List.of("gone.alfa", "www.gone.alfa", "www.circle.alfa", "www.circle.bravo");

  @TempDir private static Path directory;

  private static TestInternet internet;
  private static ServerProcess ours;
  private static Dig dig;

  @BeforeAll
  static void start() throws Exception {
    TestInternet.assumePossible();
    UnboundSetup.assumeInstalled();
    internet = TestInternet.start(Files.createDirectory(directory.resolve("internet")));
    for (String address : List.of(OURS, UNBOUND, CLIENT, STRANGER)) {
      internet.namespace().addAddress(address);
    }
    UnboundSetup.start(internet, Files.createDirectory(directory.resolve("unbound")), UNBOUND);
    ours =
        DnscacheSetup.create(
                directory, OURS, Map.of("@", TestInternet.ROOTS), List.of(OURS, UNBOUND, CLIENT))
            .start(Optional.of(internet.namespace()));
    dig = new Dig(internet.namespace(), directory, List.of());
  }

  @AfterAll
  static void stop() throws Exception {
    if (internet != null) {
      internet.close();
    }
  }

  private static List<Asked> questions() {
    return NAMES.stream()
        .flatMap(line -> Stream.of(line.split(" ")))
        .flatMap(name -> TYPES.stream().map(type -> new Asked(name, type)))
        .toList();
  }

  /** Once more where it gave up: a server that is silent may cost Unbound all of dig's patience. */
  private static List<Reply> askUnbound(Dig dig, List<Asked> questions) throws Exception {
    List<Reply> replies = new ArrayList<>(dig.ask(UNBOUND, questions));
    for (int i = 0; i < replies.size(); i++) {
      if (!replies.get(i).status().matches("NOERROR|NXDOMAIN")) {
        replies.set(i, dig.ask(UNBOUND, List.of(questions.get(i))).getFirst());
      }
    }
    return replies;
  }

  private static void assertSameReplies(List<Asked> questions, Dig first, Dig second)
      throws Exception {
    List<Reply> expected = askUnbound(first, questions);
    List<Reply> actual = second.ask(OURS, questions);
    List<String> differences = new ArrayList<>();
    for (int i = 0; i < questions.size(); i++) {
      if (!actual.get(i).equals(expected.get(i))) {
        differences.add(
            questions.get(i) + "\n  ours:    " + actual.get(i) + "\n  Unbound: " + expected.get(i));
      }
    }
    assertTrue(differences.isEmpty(), () -> String.join("\n", differences));
  }

  private static String run(String... command) throws Exception {
    return internet.namespace().run(directory, command).output();
  }

  @Test
  void shouldAnswerAsUnboundDoes() throws Exception {
    assertSameReplies(questions(), dig, dig);
  }

  @Test
  void shouldAnswerTheSameFromTheCacheAndOverTcp() throws Exception {
    List<Asked> questions = questions();
    dig.ask(OURS, questions);
    Dig overTcp = new Dig(internet.namespace(), directory, List.of("+tcp"));
    assertSameReplies(questions, dig, overTcp);
  }

  @Test
  void shouldFailWhereThereIsNoAnswer() throws Exception {
    for (String name : HOPELESS) {
      assertEquals("SERVFAIL", dig.ask(OURS, name, "A").status(), name);
    }
  }

  @Test
  void shouldSendAnAnswerThatTakesTcp() throws Exception {
    assertEquals(300, dig.ask(OURS, "big.one.alfa", "A").records().size());
    assertTrue(run("dig", "@" + OURS, "+ignore", "big.one.alfa").contains("flags: qr tc rd ra;"));
  }

  @Test
  void shouldAnswerSrvCaaAndUnknownTypes() throws Exception {
    assertEquals(
        "[_sip._udp.one.alfa. srv 1 2 5060 www.one.alfa.]",
        dig.ask(OURS, "_sip._udp.one.alfa", "SRV").records().toString());
    assertEquals(
        "[one.alfa. caa 0 issue \"ca.example\"]",
        dig.ask(OURS, "one.alfa", "CAA").records().toString());
    assertEquals(
        "[odd.one.alfa. type65280 \\# 4 0a000001]",
        dig.ask(OURS, "odd.one.alfa", "TYPE65280").records().toString());
  }

  @Test
  void shouldExplainWhereAnAnswerComesFrom() throws Exception {
    internet.namespace().setResolvConf("nameserver " + OURS + "\n");
    String dnsqr = Suite.launcher("dnsqr").toString();
    // Not among the names of other tests, so that it cannot be in the cache.
    String asked = run(dnsqr, "--explain", "a", "unasked.two.bravo");
    assertTrue(
        asked.matches(
            "(?s).*, nxdomain\n.*"
                + "explain: asked [0-9a-f.:]+ of zone two.bravo for A unasked.two.bravo, [0-9]+ ms\n"),
        asked);
    String cached = run(dnsqr, "--explain", "a", "unasked.two.bravo");
    assertTrue(cached.endsWith("\nexplain: from the cache\n"), cached);
    assertTrue(
        run(dnsqr, "--explain", "--json", "a", "localhost")
            .contains("\"explanation\":[\"dnscache's own answer\"]"));
    assertExplainsFailures(dnsqr);
    internet.namespace().setResolvConf("nameserver " + UNBOUND + "\n");
    String other = run(dnsqr, "--explain", "a", "www.two.bravo");
    assertTrue(other.endsWith("\nexplain: this server does not say\n"), other);
  }

  private static void assertExplainsFailures(String dnsqr) throws Exception {
    String failed = run(dnsqr, "--explain", "a", "unasked.gone.alfa");
    assertTrue(
        failed.matches(
            "1 unasked.gone.alfa:\ntemporary failure\n(explain: .*\n)+"
                + "explain: response code SERVFAIL\n(explain: extended error [0-9]+, [A-Z].*\n)+"),
        failed);
    String remembered =
        """
        explain: from memory of an earlier failure
        explain: response code SERVFAIL
        explain: extended error 13, Cached Error
        """;
    // On a busy machine the memory is gone before the next command has started.
    while (!failed.contains(remembered)) {
      failed = run(dnsqr, "--explain", "a", "unasked.gone.alfa");
    }
    String json = run(dnsqr, "--json", "a", "unasked.gone.alfa");
    assertTrue(
        json.contains("\"error\":\"temporary failure\",\"rcode\":\"SERVFAIL\",\"ede\":[{\"code\":"),
        json);
  }

  @Test
  void shouldServeDrill() throws Exception {
    assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/drill")), "Debian package ldnsutils is not installed");
    String output = run("drill", "@" + OURS, "chain1.one.alfa");
    assertTrue(output.contains("rcode: NOERROR"), output);
    assertTrue(output.contains("www.two.bravo.\t") && output.contains("192.0.2.31"), output);
  }

  @Test
  void shouldServeKdigOverTcp() throws Exception {
    assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/kdig")),
        "Debian package knot-dnsutils is not installed");
    String output = run("kdig", "@" + OURS, "+tcp", "www.one.alfa", "AAAA");
    assertTrue(output.contains("status: NOERROR"), output);
    assertTrue(output.contains("2001:db8::11"), output);
    assertTrue(output.contains("(TCP)"), output);
  }

  @Test
  void shouldServeTheSystemsResolver() throws Exception {
    internet.namespace().setResolvConf("nameserver " + OURS + "\nsearch one.alfa\n");
    assertTrue(
        run("getent", "ahosts", "www.six.alfa").contains("2001:db8::50"), "an address over IPv6");
    assertTrue(run("getent", "hosts", "www.six.alfa").startsWith("2001:db8::50"));
    assertTrue(run("getent", "ahostsv4", "mail").startsWith("192.0.2.13"), "the search list");
    assertEquals(2, internet.namespace().run(directory, "getent", "hosts", "nix.alfa").exitCode());
  }

  @Test
  void shouldBeSilentForStrangers() throws Exception {
    String[] query = {"dig", "@" + OURS, "-b", CLIENT, "+tries=1", "+time=1", "host.alfa"};
    assertTrue(run(query).contains("status: NOERROR"));
    query[3] = STRANGER;
    String output = run(query);
    assertTrue(output.contains("timed out"), output);
    ours.awaitLogged(OF_STRANGER);
  }

  @Test
  void shouldStayAliveAndComplainAboutNothing() throws Exception {
    dig.ask(OURS, questions());
    assertTrue(ours.isAlive());
    assertEquals(
        Optional.empty(),
        ours.logged(line ->
            (line.contains("warning") && !line.startsWith(OF_STRANGER))
                || line.contains("Exception")));
  }
}
