package djbdns.tools;

import static djbdns.tools.Answers.bytes;
import static djbdns.tools.Answers.join;
import static djbdns.tools.Answers.record;
import static djbdns.tools.Answers.reply;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.tools.Commands.Invocation;
import djbdns.tools.Commands.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** dnstrace beside the original, asking the same servers: equal output, errors and exit codes. */
final class DnstraceDifferentialTest {
  private static final int WORLDS = Integer.getInteger("djbdns.worlds", 60);
  private static final long SEED = Long.getLong("djbdns.seed", 1);

  private static final List<String> ADDRESSES =
      List.of("127.12.30.1", "127.12.30.2", "127.12.30.3", "127.12.30.4");
  private static final String CACHE = "127.12.30.5";
  private static final String FAILING = "127.12.30.6";
  private static final String FORGETFUL = "127.12.30.7";
  private static final String NOBODY = "127.12.30.9";

  private static final List<ScriptedServer> SERVERS = new ArrayList<>();
  private static final Map<String, Script> SCRIPTS = new HashMap<>();

  /** What a server says may change from test to test. */
  private static Script current(String address) {
    return new Script() {
      @Override
      public List<byte[]> overUdp(byte[] query) {
        return SCRIPTS.get(address).overUdp(query);
      }

      @Override
      public List<byte[]> overTcp(byte[] query) {
        return SCRIPTS.get(address).overTcp(query);
      }
    };
  }

  @BeforeAll
  static void start() throws IOException {
    Commands.assumeOriginals();
    for (String address : ADDRESSES) {
      SERVERS.add(ScriptedServer.start(address, 53, current(address)));
    }
    SERVERS.add(ScriptedServer.start(CACHE, 53, new Answers(bytes(127, 12, 30, 1))));
    SERVERS.add(ScriptedServer.start(FAILING, 53, new FailingScript()));
    SERVERS.add(ScriptedServer.start(FORGETFUL, 53, new Forgetful()));
  }

  @AfterAll
  static void stop() throws IOException {
    for (ScriptedServer server : SERVERS) {
      server.close();
    }
  }

  /** Answers every other query only, and first with a reply that needs more than a second. */
  private static final class Forgetful implements Script {
    private boolean answers;

    @Override
    public List<byte[]> overUdp(byte[] query) {
      answers = !answers;
      return answers
          ? List.of()
          : List.of(reply(query, 0x0400, 1, 0, 0, record(1, 1, bytes(10, 0, 0, 1))));
    }

    @Override
    public List<byte[]> overTcp(byte[] query) {
      return List.of();
    }
  }

  private static void speak(RandomWorld world) {
    for (String address : ADDRESSES) {
      SCRIPTS.put(address, world.at(address));
    }
  }

  private static Outcome ours(Invocation invocation) {
    List<String> words = new ArrayList<>(List.of("dnstrace", "--rate", "100000"));
    words.addAll(invocation.words().subList(1, invocation.words().size()));
    return Commands.ours(new Invocation(invocation.environment(), words));
  }

  private static Invocation trace(String... words) {
    List<String> all = new ArrayList<>(List.of("dnstrace"));
    all.addAll(List.of(words));
    return new Invocation(Map.of("DNSCACHEIP", CACHE), all);
  }

  /** How long a reply takes on a busy machine is nobody's fault. */
  private static Outcome withoutSlowness(Outcome outcome) {
    String output = outcome.output().replaceAll("(?m)^.*:ALERT:took more than 1 second\n", "");
    return new Outcome(output, outcome.errors(), outcome.exitCode());
  }

  @Test
  void shouldTraceAnyWorldAsTheOriginal() throws IOException, InterruptedException {
    long lines = 0;
    StringBuilder seen = new StringBuilder();
    for (long seed = SEED; seed < SEED + WORLDS; seed++) {
      RandomWorld world = new RandomWorld(seed, ADDRESSES);
      speak(world);
      List<String> question = world.question();
      Invocation invocation =
          trace(question.get(0), question.get(1), ADDRESSES.get(0), ADDRESSES.get(1));
      Outcome expected = withoutSlowness(Commands.original(invocation));
      assertEquals(expected, withoutSlowness(ours(invocation)), "world " + seed + ", " + invocation);
      lines += expected.output().lines().count();
      seen.append(expected.output());
    }
    assertTrue(lines > 40L * WORLDS, lines + " lines are too few to prove anything");
    for (String event :
        List.of(
            ":tx\n", ":NS:", ":A:", ":CNAME:", ":answer:", ":see:", ":NODATA\n", ":NXDOMAIN\n",
            ":ALERT:lame server; refers to ", ":ALERT:some caches do not handle localhost",
            ":ALERT:some caches do not handle IP addresses",
            ":ALERT:unable to parse response packet; protocol error",
            "weird class")) {
      assertTrue(seen.indexOf(event) >= 0, "never seen: " + event);
    }
  }

  @Test
  void shouldFailAsTheOriginal() throws Exception {
    List<Invocation> invocations = new ArrayList<>();
    invocations.add(trace("a", "x.y", NOBODY));
    invocations.add(trace("a", "r2.test", FAILING));
    invocations.add(trace("a", "r5.test", FAILING));
    for (int i = 0; i < FailingScript.COUNT; i++) {
      invocations.add(trace("a", "f" + i + ".test", FAILING));
    }
    assertSame(invocations);
  }

  @Test
  void shouldSayThatAServerIsSlow() throws Exception {
    Invocation invocation = trace("a", "slow.test", FORGETFUL);
    Outcome expected = Commands.original(invocation);
    assertTrue(expected.output().contains("took more than 1 second"), expected::output);
    assertEquals(expected, ours(invocation));
  }

  @Test
  void shouldReadArgumentsAsTheOriginal() throws Exception {
    speak(new RandomWorld(7, ADDRESSES));
    String root = ADDRESSES.getFirst();
    String longLabel = "x".repeat(64);
    String longest = ("x".repeat(63) + ".").repeat(3) + "x".repeat(61);
    assertSame(
        List.of(
            trace(),
            trace("a"),
            trace("bad"),
            trace("bad", "x"),
            trace("bad", "x", root),
            trace("a", "x"),
            trace("a", longLabel),
            trace("a", longLabel, root),
            trace("bad", longLabel, root),
            trace("a", longest, root),
            trace("a", longest + "x", root),
            trace("a", ".", root),
            trace("a", "", root),
            trace("a", "x", ""),
            trace("a", "x", "."),
            trace("a", "x", longLabel),
            trace("a", "x", root, longLabel),
            trace("a", "x", "0.0.0.0"),
            trace("a", "x", "[" + root + "]"),
            trace("a", "x", root + "." + ADDRESSES.get(1)),
            trace("a", "x", root, root),
            trace("a", "x", "some.name"),
            trace("a", "x", "some.name+.a+.b"),
            trace("a", "x", "\\141"),
            trace("a", "A\\.b\\\\\\1", root),
            trace("", "x", root),
            trace("65535", "x", root),
            trace("65537", "x", root),
            trace("AnY", "localhost", root),
            trace("a", "127.0.0.1", root),
            trace("a", "1.2.3.04", root),
            trace("a", "1.2.3.256", root),
            trace("a", "1.2.3", root),
            trace("a", "0.0.0.0", root),
            trace("-a", "x", root),
            trace("a", "-x", root),
            trace("a", "x", "-x")));
  }

  /** Runs every invocation of both, side by side, so that their timeouts overlap. */
  private static void assertSame(List<Invocation> invocations) throws Exception {
    try (ExecutorService executor = Executors.newFixedThreadPool(2 * invocations.size())) {
      List<Future<Outcome>> originals = new ArrayList<>();
      List<Future<Outcome>> ours = new ArrayList<>();
      for (Invocation invocation : invocations) {
        originals.add(executor.submit(() -> Commands.original(invocation)));
        ours.add(executor.submit(() -> ours(invocation)));
      }
      List<String> differences = new ArrayList<>();
      for (int i = 0; i < invocations.size(); i++) {
        Outcome expected = withoutSlowness(originals.get(i).get());
        Outcome actual = withoutSlowness(ours.get(i).get());
        if (!expected.equals(actual)) {
          differences.add(invocations.get(i) + " original: " + expected + " ours: " + actual);
        }
      }
      assertEquals(List.of(), differences);
    }
  }
}
