package djbdns.tools.daemontools;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills multilog again and again while somebody writes numbered lines to its pipe: every line must
 * be in the log once, in order. {@code -Ddaemontools.kills} says how often, {@code
 * -Ddaemontools.seed} when.
 */
final class MultilogKillIT {
  private static final int KILLS = Integer.getInteger("daemontools.kills", 20);
  private static final long SEED = Long.getLong("daemontools.seed", 1);
  private static final int MAX_LIFE_MS = 400;

  /** Bounds the number of files, which the original's way of deleting old ones lists each time. */
  private static final int PAUSE_EVERY_LINES = 100;

  @TempDir private Path temporary;

  private final Random random = new Random(SEED);
  private final AtomicBoolean stopped = new AtomicBoolean();

  @Test
  void shouldNeitherLoseNorDoubleLines() throws Exception {
    long lines = collectUnderFire(List.of("t", "s4096", "n1000000", "./main"), 200);
    assertComplete(lines, temporary.resolve("main"));
  }

  @Test
  void shouldNeitherLoseNorDoubleLinesWithoutStamps() throws Exception {
    long lines = collectUnderFire(List.of("s4096", "n1000000", "./main"), 200);
    assertComplete(lines, temporary.resolve("main"));
  }

  @Test
  void shouldNeitherLoseNorDoubleLinesInTwoLogsWithAProcessor() throws Exception {
    long lines =
        collectUnderFire(
            List.of(
                "t",
                "s4096",
                "n1000000",
                "./main",
                "s9000",
                "!tr a-z A-Z",
                "-*nothing*",
                "./second"),
            200);
    assertComplete(lines, temporary.resolve("main"));
    assertComplete(lines, temporary.resolve("second"));
  }

  @Test
  void shouldNeitherLoseNorDoubleLinesThatAreLong() throws Exception {
    long lines = collectUnderFire(List.of("t", "s4096", "n1000000", "./main"), 9000);
    assertComplete(lines, temporary.resolve("main"));
  }

  /** How many lines were written in all. */
  private long collectUnderFire(List<String> script, int maxLength) throws Exception {
    Path fifo = temporary.resolve("fifo");
    assertEquals(0, new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor());
    Path errors = Files.createFile(temporary.resolve("errors"));
    Subject multilog = Subject.ours("multilog");
    Process last;
    Future<Long> written;
    try (RandomAccessFile pipe = new RandomAccessFile(fifo.toFile(), "rw");
        ExecutorService writer = Executors.newSingleThreadExecutor()) {
      written = writer.submit(() -> write(pipe, maxLength));
      for (int i = 0; i < KILLS; i++) {
        Process process = multilog.start(temporary, fifo, errors, script);
        // The moment is the point: there is nothing to wait for.
        boolean ended = process.waitFor(1 + random.nextInt(MAX_LIFE_MS), TimeUnit.MILLISECONDS);
        assertFalse(ended, () -> "multilog has ended: " + text(errors));
        process.destroyForcibly().waitFor();
      }
      stopped.set(true);
      last = multilog.start(temporary, fifo, errors, script);
      written.get();
    }
    assertEquals(0, Subject.await(last));
    assertEquals("", text(errors));
    assertFalse(Files.exists(temporary.resolve("main/spool")));
    return written.get();
  }

  private static String text(Path file) {
    try {
      return Subject.read(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private long write(RandomAccessFile pipe, int maxLength) throws Exception {
    Random lengths = new Random(SEED);
    long number = 0;
    while (!stopped.get()) {
      String line = number + " " + "x".repeat(lengths.nextInt(maxLength)) + "\n";
      pipe.write(line.getBytes(US_ASCII));
      number++;
      if (number % PAUSE_EVERY_LINES == 0) {
        Thread.sleep(1);
      }
    }
    return number;
  }

  private void assertComplete(long lines, Path log) throws IOException {
    Random lengths = new Random(SEED);
    long next = 0;
    Map<Boolean, Integer> maxLengths = Map.of(true, 9000, false, 200);
    String contents = LogTree.withoutStamps(LogTree.contents(log));
    boolean areLong = contents.lines().anyMatch(line -> line.length() > 1000);
    for (String line : contents.split("\n", -1)) {
      if (line.isEmpty()) {
        continue;
      }
      String expected = next + " " + "x".repeat(lengths.nextInt(maxLengths.get(areLong)));
      assertEquals(expected, line.replace("@TIME ", "").toLowerCase(java.util.Locale.ROOT));
      next++;
    }
    assertEquals(lines, next, "lines in " + log);
    assertTrue(lines > 0, "nothing was written");
  }
}
