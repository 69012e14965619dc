package djbdns.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.tools.Dig.Asked;
import djbdns.tools.Dig.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Our dnscache and the original in one {@link TestInternet}, with the same configuration and the
 * same questions: the same answers and the same log.
 */
@Timeout(300)
final class DnscacheDifferentialIT {
  private static final String OURS = "10.53.53.1";
  private static final String ORIGINAL = "10.53.53.2";

  /** Who asks. */
  private static final String CLIENT = "10.53.60.1";

  private static final List<String> TYPES =
      List.of("A", "AAAA", "MX", "TXT", "NS", "SOA", "CNAME", "PTR");

  /**
   * Where the original is right. It is not about {@code six.alfa}, whose servers have IPv6 only,
   * nor at the end of a circle of aliases, where it says nothing; and localhost has an IPv6 address
   * by now.
   */
  private static final List<String> NAMES =
      List.of(
          ". alfa bravo charlie missing host.alfa missing.alfa ns.alfa one.alfa www.one.alfa",
          "mail.one.alfa missing.one.alfa Mixed.One.Alfa under_score.one.alfa short.one.alfa",
          "sp\\032ace.one.alfa alias.one.alfa chain1.one.alfa far.one.alfa deepest.one.alfa",
          "nowhere.one.alfa tonone.one.alfa toempty.one.alfa x.y.wild.one.alfa",
          "taken.wild.one.alfa below.taken.wild.one.alfa x.wildalias.one.alfa b.ent.one.alfa",
          "a.b.ent.one.alfa www.tree.one.alfa missing.tree.one.alfa www.tree.three.charlie",
          "big.one.alfa medium.one.alfa long.one.alfa www.sub.one.alfa up.sub.one.alfa",
          "two.bravo www.two.bravo b.two.bravo www.three.charlie www.lame.alfa",
          "www.glueless.alfa missing.glueless.alfa www.deep.alfa missing.deep.alfa 192.0.2.1");

  @TempDir private static Path directory;

  private static TestInternet internet;
  private static Dig dig;

  @BeforeAll
  static void start() throws Exception {
    TestInternet.assumePossible();
    DnscacheSetup.assumeOriginal();
    internet = TestInternet.start(Files.createDirectory(directory.resolve("internet")));
    for (String address : List.of(OURS, ORIGINAL, CLIENT)) {
      internet.namespace().addAddress(address);
    }
    dig = new Dig(internet.namespace(), directory, List.of("+noedns", "-b", CLIENT));
  }

  @AfterAll
  static void stop() throws Exception {
    if (internet != null) {
      internet.close();
    }
  }

  /** Both, each with a cache of its own. */
  private record Pair(ServerProcess ours, ServerProcess original) implements AutoCloseable {
    static Pair start(Map<String, List<String>> servers) throws Exception {
      Optional<Namespace> namespace = Optional.of(internet.namespace());
      return new Pair(
          setup(OURS, servers).start(namespace), setup(ORIGINAL, servers).startOriginal(namespace));
    }

    private static DnscacheSetup setup(String ip, Map<String, List<String>> servers)
        throws Exception {
      Path own = Files.createTempDirectory(directory, "dnscache");
      // One event loop: several write their lines each in its own time.
      return DnscacheSetup.create(own, ip, servers, List.of(CLIENT))
          .with("DJBDNS_JVMFLAGS", "-XX:ActiveProcessorCount=1");
    }

    @Override
    public void close() {
      ours.close();
      original.close();
    }
  }

  private static List<Asked> questions() {
    return NAMES.stream()
        .flatMap(line -> Stream.of(line.split(" ")))
        .flatMap(name -> TYPES.stream().map(type -> new Asked(name, type)))
        .toList();
  }

  /** The original does not know DNAME records and drops them. */
  private static Reply withoutDname(Reply reply) {
    TreeSet<String> records = new TreeSet<>(reply.records());
    records.removeIf(line -> line.contains(" dname "));
    return new Reply(reply.status(), records);
  }

  private static void assertUsual(ServerProcess server) throws Exception {
    assertEquals(Optional.empty(), server.logged(DnscacheLog.USUAL_LINE.negate()));
  }

  @Test
  void shouldAnswerAsTheOriginal() throws Exception {
    List<String> roots = TestInternet.ROOTS.stream().filter(ip -> !ip.contains(":")).toList();
    List<Asked> questions = questions();
    try (Pair pair = Pair.start(Map.of("@", roots))) {
      List<Reply> expected = dig.ask(ORIGINAL, questions);
      List<Reply> actual = dig.ask(OURS, questions);
      List<String> differences = new ArrayList<>();
      for (int i = 0; i < questions.size(); i++) {
        Reply ours = withoutDname(actual.get(i));
        if (!ours.equals(expected.get(i))) {
          differences.add(
              questions.get(i) + "\n  ours:     " + ours + "\n  original: " + expected.get(i));
        }
      }
      assertUsual(pair.original());
      assertUsual(pair.ours());
      assertTrue(differences.isEmpty(), () -> String.join("\n", differences));
    }
  }

  /** Neither asks anybody, not even who the root servers are. */
  @Test
  void shouldFailAsTheOriginalWhereAFileNamesNoServers() throws Exception {
    List<Asked> questions =
        Stream.of("alfa", "www.one.alfa", "www.two.bravo", "bravo")
            .map(name -> new Asked(name, "A"))
            .toList();
    Map<String, List<String>> servers =
        Map.of("@", List.of(), "two.bravo", List.of("# nobody", "none"));
    try (Pair pair = Pair.start(servers)) {
      List<Reply> expected = dig.ask(ORIGINAL, questions);
      assertEquals(expected, dig.ask(OURS, questions));
      for (Reply reply : expected) {
        assertEquals("SERVFAIL", reply.status());
      }
      assertEquals(Optional.empty(), pair.ours().logged(line -> line.startsWith("rr ")));
      assertEquals(Optional.empty(), pair.original().logged(line -> line.startsWith("rr ")));
      assertEquals(Optional.empty(), pair.ours().logged(line -> line.startsWith("tx ")));
    }
  }

  /**
   * One after the other, from an empty cache; each server is told of in {@code servers/}, since the
   * way down from the root is another: ours asks with minimised names.
   */
  private static void assertSameLog(List<Asked> questions, boolean lengths, String... options)
      throws Exception {
    Map<String, List<String>> servers =
        Map.of(
            "@", List.of("10.53.0.1"),
            "one.alfa", List.of("10.53.2.1"),
            "two.bravo", List.of("10.53.2.2"));
    List<String> all = new ArrayList<>(List.of("+noedns", "-b", CLIENT));
    all.addAll(List.of(options));
    Dig asking = new Dig(internet.namespace(), directory, all);
    try (Pair pair = Pair.start(servers)) {
      for (Asked asked : questions) {
        ask(asking, ORIGINAL, pair.original(), asked);
        ask(asking, OURS, pair.ours(), asked);
      }
      assertUsual(pair.original());
      assertUsual(pair.ours());
      assertEquals(
          String.join("\n", DnscacheLog.comparable(pair.original().log(), lengths)),
          String.join("\n", DnscacheLog.comparable(pair.ours().log(), lengths)));
    }
  }

  /** Returns when all lines about the question are in the log. */
  private static void ask(Dig dig, String ip, ServerProcess server, Asked asked) throws Exception {
    long before = count(server, "sent ");
    dig.ask(ip, List.of(asked));
    server.await(() ->
        count(server, "sent ") > before
            && count(server, "sent ") == count(server, "query ")
            && count(server, "tcpopen ") == count(server, "tcpclose "));
  }

  private static long count(ServerProcess server, String start) throws IOException {
    return server.log().stream().filter(line -> line.startsWith(start)).count();
  }

  @ParameterizedTest
  @CsvSource({
    "www.one.alfa, A",
    "www.one.alfa, AAAA",
    "WWW.one.Alfa, A",
    "long.one.alfa, TXT",
    "under_score.one.alfa, A",
    "sp\\032ace.one.alfa, A",
    "odd.one.alfa, TYPE65280",
    "mail.two.bravo, A",
    "localhost, A",
    "1.0.0.127.in-addr.arpa, PTR",
    "192.0.2.1, A",
  })
  void shouldLogAMissAndAHitAsTheOriginal(String name, String type) throws Exception {
    Asked asked = new Asked(name, type);
    assertSameLog(List.of(asked, asked), true);
  }

  @ParameterizedTest
  @CsvSource({
    "missing.one.alfa, A",
    "www.one.alfa, TXT",
    "missing.two.bravo, MX",
  })
  void shouldLogADenialAsTheOriginal(String name, String type) throws Exception {
    Asked asked = new Asked(name, type);
    assertSameLog(List.of(asked, asked), false);
  }

  /**
   * An alias to a name of another server. The original takes from a reply with an alias nothing but
   * the alias, and asks its cache for the rest.
   */
  @ParameterizedTest
  @CsvSource({
    "nowhere.one.alfa, A",
    "chain3.one.alfa, A",
    "alias.one.alfa, CNAME",
  })
  void shouldLogAnAliasAsTheOriginal(String name, String type) throws Exception {
    Asked asked = new Asked(name, type);
    assertSameLog(List.of(asked, asked), false);
  }

  @Test
  void shouldLogAConnectionAsTheOriginal() throws Exception {
    assertSameLog(List.of(new Asked("www.one.alfa", "A")), true, "+tcp");
  }
}
