package djbdns.supervise.multilog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.posix.PosixException;
import djbdns.supervise.multilog.FakeMachine.Killed;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * No line is lost or doubled, wherever multilog is killed: it is killed before each of its system
 * calls, on a machine in memory, and started again. {@code -Ddaemontools.rounds} says how often it
 * is killed at random besides.
 */
final class KillTest {
  private static final long NEVER = Long.MAX_VALUE;
  private static final int LOOKS_PER_ALARM = 7;
  private static final int ROUNDS = Integer.getInteger("daemontools.rounds", 25);

  private final AtomicLong microseconds = new AtomicLong();

  /** Never the same moment twice. */
  private final InstantSource clock =
      () -> Instant.ofEpochSecond(1_000_000_000).plusNanos(1000 * microseconds.incrementAndGet());

  private final List<String> losses = new ArrayList<>();

  private final Trouble silent =
      new Trouble() {
        @Override
        public void pause(String what, Optional<PosixException> cause) {
          assertFalse(what.isEmpty());
        }

        @Override
        public void warn(String what, PosixException cause) {
          throw new AssertionError(what, cause);
        }

        @Override
        public void warn(String what) {
          losses.add(what);
        }

        @Override
        public void unableToRun(String command, PosixException cause) {
          throw new AssertionError(command, cause);
        }
      };

  private int looks;

  /** A pipe that no other process has, and an alarm signal now and then. */
  private final Input pipe =
      new Input() {
        @Override
        public int descriptor() {
          return 0;
        }

        @Override
        public boolean isPipe() {
          return true;
        }

        @Override
        public boolean await() {
          return true;
        }

        @Override
        public boolean isExitWanted() {
          return false;
        }

        @Override
        public boolean takeRotationRequest() {
          looks++;
          return looks % LOOKS_PER_ALARM == 0;
        }
      };

  private static String lines(long seed, int count, int maxLength) {
    Random random = new Random(seed);
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < count; i++) {
      lines.append(i).append(' ').repeat('x', random.nextInt(maxLength)).append('\n');
    }
    return lines.toString();
  }

  /** Runs a process until it ends or is killed; whether it ended. */
  private boolean run(FakeMachine machine, long callsToLive, String... words) throws Exception {
    machine.startProcess(callsToLive);
    try {
      new Collector(
              machine, silent, machine, clock, "this boot", Script.parse(List.of(words)), pipe)
          .run();
      return true;
    } catch (Killed e) {
      return false;
    }
  }

  private static void assertCollected(String input, FakeMachine machine, String log, String what) {
    String stamp = "(?md)^@[0-9a-f]{24} ";
    assertEquals(input, machine.contents(log).replaceAll(stamp, ""), what);
    assertFalse(machine.names(log).contains("spool"), what);
  }

  private void killEverywhere(int count, int maxLength, int maxChunk, String... words)
      throws Exception {
    String input = lines(1, count, maxLength);
    byte[] bytes = input.getBytes(StandardCharsets.US_ASCII);
    for (int killAt = 1; ; killAt++) {
      FakeMachine machine = new FakeMachine(killAt, bytes, maxChunk, 0);
      boolean ended = run(machine, killAt, words);
      if (!ended) {
        assertTrue(run(machine, NEVER, words));
      }
      for (String log : logs(words)) {
        assertCollected(input, machine, log, "killed at call " + killAt);
      }
      if (ended) {
        assertTrue(killAt > 50, "only " + killAt + " calls");
        return;
      }
    }
  }

  private void killAgainAndAgain(int rounds, int maxLength, double failures, String... words)
      throws Exception {
    for (int round = 0; round < rounds; round++) {
      Random random = new Random(round);
      String input = lines(round, 400, maxLength);
      FakeMachine machine =
          new FakeMachine(
              round, input.getBytes(StandardCharsets.US_ASCII), 1 + random.nextInt(6000), failures);
      int mostCalls = 2 + random.nextInt(150);
      for (int i = 0; i < 60 && !run(machine, 1 + random.nextInt(mostCalls), words); i++) {
        // Killed again.
      }
      assertTrue(run(machine, NEVER, words));
      for (String log : logs(words)) {
        assertCollected(input, machine, log, "round " + round);
      }
    }
  }

  private static List<String> logs(String... words) {
    return Script.parse(List.of(words)).logs().stream()
        .map(log -> log.directory().substring(2))
        .toList();
  }

  @Test
  void shouldSurviveADeathAtAnyCall() throws Exception {
    killEverywhere(300, 100, 5000, "t", "s4096", "n1000", "./a");
  }

  @Test
  void shouldSurviveADeathAtAnyCallWithLongLines() throws Exception {
    killEverywhere(40, 3000, 2500, "t", "s4096", "n1000", "./a");
  }

  @Test
  void shouldSurviveADeathAtAnyCallWhenTheSpoolIsCutBack() throws Exception {
    killEverywhere(600, 2000, 60_000, "s99999", "n1000", "./a");
  }

  @Test
  void shouldSurviveADeathAtAnyCallWithSeveralLogsAndAProcessor() throws Exception {
    killEverywhere(
        300, 100, 5000, "s4096", "n1000", "./a", "s5000", "!process", "./b", "-never", "./c");
  }

  @Test
  void shouldWorkOffTheSpoolOfAnotherScript() throws Exception {
    String input = lines(1, 300, 100);
    byte[] bytes = input.getBytes(StandardCharsets.US_ASCII);
    for (int killAt = 1; ; killAt++) {
      FakeMachine machine = new FakeMachine(killAt, bytes, 5000, 0);
      if (run(machine, killAt, "s4096", "n1000", "./a", "./b")) {
        return;
      }
      // Killed once more, perhaps while it works off what is in the directory of its second log.
      run(machine, 1 + killAt % 150, "s4096", "n1000", "./b", "./a");
      assertTrue(run(machine, NEVER, "s4096", "n1000", "./b", "./a"));
      for (String log : List.of("a", "b")) {
        assertWithoutLineEnds(input, machine, log, "killed at call " + killAt);
      }
    }
  }

  /** The spool is in the copy as well, but what is in it belongs to the first one. */
  @Test
  void shouldNotWorkOffTheSpoolOfACopiedDirectory() throws Exception {
    String input = lines(1, 300, 100);
    byte[] bytes = input.getBytes(StandardCharsets.US_ASCII);
    for (int killAt = 1; ; killAt++) {
      FakeMachine machine = new FakeMachine(killAt, bytes, 5000, 0);
      if (run(machine, killAt, "s4096", "n1000", "./a")) {
        assertFalse(losses.isEmpty());
        losses.forEach(loss -> assertTrue(loss.startsWith("unable to use ./b/spool: "), loss));
        return;
      }
      if (!machine.isWhole("a")) {
        continue;
      }
      machine.copyDirectory("a", "b");
      final String copied = machine.contents("b");
      final String rest = machine.inPipe();
      assertTrue(run(machine, NEVER, "s4096", "n1000", "./b"));
      assertTrue(run(machine, NEVER, "s4096", "n1000", "./a"));
      String what = "killed at call " + killAt;
      assertWithoutLineEnds(input.substring(0, input.length() - rest.length()), machine, "a", what);
      assertWithoutLineEnds(copied + rest, machine, "b", what);
    }
  }

  /** The piece of a line that a process ends with becomes a line. */
  private static void assertWithoutLineEnds(
      String expected, FakeMachine machine, String log, String what) {
    assertEquals(expected.replace("\n", ""), machine.contents(log).replace("\n", ""), what);
    assertFalse(machine.names(log).contains("spool"), what);
  }

  @Test
  void shouldSurviveManyDeaths() throws Exception {
    killAgainAndAgain(ROUNDS, 120, 0, "t", "s4096", "n1000", "./a", "!process", "./b");
  }

  @Test
  void shouldSurviveManyDeathsWithLongLines() throws Exception {
    killAgainAndAgain(ROUNDS, 2500, 0, "t", "s4096", "n1000", "./a", "./b");
  }

  @Test
  void shouldSurviveManyDeathsOnAFullDisk() throws Exception {
    killAgainAndAgain(ROUNDS, 300, 0.2, "s4096", "n1000", "./a", "!process", "./b");
  }
}
