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
import java.util.Locale;
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
 * be in the log once, in order. {@code -Ddjbdns.kills} says how often, {@code -Ddjbdns.seed} when.
 */
final class MultilogKillIT {
  private static final int KILLS = Integer.getInteger("djbdns.kills", 20);
  private static final long SEED = Long.getLong("djbdns.seed", 1);
  private static final int MAX_LIFE_MS = 400;

  /** Bounds of the lengths of lines. */
  private static final int SHORT = 200;

  private static final int LONG = 9000;

  /** Bounds the number of files, which the original's way of deleting old ones lists each time. */
  private static final int PAUSE_EVERY_LINES = 100;

  @TempDir private Path temporary;

  private final Random random = new Random(SEED);
  private final AtomicBoolean stopped = new AtomicBoolean();

  @Test
  void shouldNeitherLoseNorDoubleLines() throws Exception {
    long lines = collectUnderFire(SHORT, "t", "s4096", "n1000000", "./main");
    assertComplete(lines, SHORT, temporary.resolve("main"));
  }

  @Test
  void shouldNeitherLoseNorDoubleLinesWithoutStamps() throws Exception {
    long lines = collectUnderFire(SHORT, "s4096", "n1000000", "./main");
    assertComplete(lines, SHORT, temporary.resolve("main"));
  }

  @Test
  void shouldNeitherLoseNorDoubleLinesInTwoLogsWithAProcessor() throws Exception {
    long lines =
        collectUnderFire(
            SHORT,
            "t",
            "s4096",
            "n1000000",
            "./main",
            "s9000",
            "!tr a-z A-Z",
            "-*nothing*",
            "./second");
    assertComplete(lines, SHORT, temporary.resolve("main"));
    assertComplete(lines, SHORT, temporary.resolve("second"));
  }

  @Test
  void shouldNeitherLoseNorDoubleLinesThatAreLong() throws Exception {
    long lines = collectUnderFire(LONG, "t", "s4096", "n1000000", "./main");
    assertComplete(lines, LONG, temporary.resolve("main"));
  }

  /** How many lines were written in all. */
  private long collectUnderFire(int maxLength, String... words) throws Exception {
    List<String> script = List.of(words);
    Path fifo = temporary.resolve("fifo");
    assertEquals(0, new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor());
    Path errors = Files.createFile(temporary.resolve("errors"));
    Command multilog = Command.ours("multilog");
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
    assertEquals(0, Command.await(last));
    assertEquals("", text(errors));
    assertFalse(Files.exists(temporary.resolve("main/spool")));
    return written.get();
  }

  private static String text(Path file) {
    try {
      return Command.read(file);
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

  private static void assertComplete(long lines, int maxLength, Path log) throws IOException {
    Random lengths = new Random(SEED);
    long next = 0;
    for (String line : LogTree.withoutStamps(LogTree.contents(log)).lines().toList()) {
      String text = line.replace("@TIME ", "").toLowerCase(Locale.ROOT);
      assertEquals(next + " " + "x".repeat(lengths.nextInt(maxLength)), text);
      next++;
    }
    assertEquals(lines, next, "lines in " + log);
    assertTrue(lines > 0, "nothing was written");
  }
}
