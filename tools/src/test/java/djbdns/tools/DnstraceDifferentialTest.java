package djbdns.tools;

import static djbdns.tools.Answers.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.tools.Commands.Invocation;
import djbdns.tools.Commands.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
  }

  @AfterAll
  static void stop() throws IOException {
    for (ScriptedServer server : SERVERS) {
      server.close();
    }
  }

  private static void speak(RandomWorld world) {
    for (String address : ADDRESSES) {
      SCRIPTS.put(address, world.at(address));
    }
  }

  private static Invocation trace(String... words) {
    return TraceComparison.trace(Map.of("DNSCACHEIP", CACHE), words);
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
      Outcome expected = TraceComparison.withoutSlowness(TraceComparison.original(invocation));
      assertEquals(
          expected,
          TraceComparison.withoutSlowness(TraceComparison.ours(invocation)),
          "world " + seed + ", " + invocation);
      lines += expected.output().lines().count();
      seen.append(expected.output());
    }
    assertTrue(lines > 40L * WORLDS, lines + " lines are too few to prove anything");
    for (String event :
        List.of(
            ":tx\n",
            ":NS:",
            ":A:",
            ":CNAME:",
            ":answer:",
            ":see:",
            ":NODATA\n",
            ":NXDOMAIN\n",
            ":ALERT:lame server; refers to ",
            ":ALERT:some caches do not handle localhost",
            ":ALERT:some caches do not handle IP addresses",
            ":ALERT:unable to parse response packet; protocol error",
            "weird class")) {
      assertTrue(seen.indexOf(event) >= 0, "never seen: " + event);
    }
  }

  @Test
  void shouldReadArgumentsAsTheOriginal() throws Exception {
    speak(new RandomWorld(7, ADDRESSES));
    String root = ADDRESSES.getFirst();
    String longLabel = "x".repeat(64);
    String longest = ("x".repeat(63) + ".").repeat(3) + "x".repeat(61);
    TraceComparison.assertSame(
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
}
