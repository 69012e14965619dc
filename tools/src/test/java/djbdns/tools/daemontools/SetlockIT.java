package djbdns.tools.daemontools;

import static org.junit.jupiter.api.Assertions.assertEquals;

import djbdns.tools.Execution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who gets a lock that somebody has. */
final class SetlockIT {
  @TempDir private Path directory;

  private Comparison comparison;

  @BeforeEach
  void makeComparison() {
    comparison = new Comparison(directory);
  }

  /** Starts a process that has the lock as soon as it has said so, until its input ends. */
  private Process holder(List<String> setlock) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(setlock).directory(directory.toFile());
    builder.environment().clear();
    builder.environment().putAll(Comparison.environment());
    Process process = builder.start();
    assertEquals("locked", process.inputReader().readLine());
    return process;
  }

  private static List<String> holding(List<String> setlock) {
    return java.util.stream.Stream.concat(
            setlock.stream(), List.of("sh", "-c", "echo locked; read -r line; echo end").stream())
        .toList();
  }

  private void assertRefused() throws Exception {
    assertEquals(
        new Execution(111, "", "setlock: fatal: unable to lock lock: temporary failure\n"),
        comparison.assertSame("@setlock", "-n", "lock", "echo", "x"));
    assertEquals(
        new Execution(0, "", ""), comparison.assertSame("@setlock", "-nx", "lock", "echo", "x"));
    comparison.assertSame("@setlock", "-xnX", "lock", "echo", "x");
  }

  @Test
  void shouldRefuseALockThatIsTaken() throws Exception {
    for (List<String> holder :
        List.of(Comparison.ours("@setlock", "lock"), Comparison.originals("@setlock", "lock"))) {
      Process process = holder(holding(holder));
      try {
        assertRefused();
      } finally {
        process.outputWriter().close();
        assertEquals(0, process.waitFor());
      }
    }
    assertEquals(
        new Execution(0, "x\n", ""), comparison.assertSame("@setlock", "-n", "lock", "echo", "x"));
    assertEquals(
        "rw-------",
        java.nio.file.attribute.PosixFilePermissions.toString(
            Files.getPosixFilePermissions(directory.resolve("lock"))));
  }

  @Test
  void shouldWaitForALock() throws Exception {
    Process holder = holder(holding(Comparison.originals("@setlock", "lock")));
    ProcessBuilder builder =
        new ProcessBuilder(Comparison.ours("@setlock", "-nN", "lock", "echo", "mine"))
            .directory(directory.toFile());
    builder.environment().putAll(Comparison.environment());
    Process waiter = builder.start();
    awaitFlock(waiter.pid());
    holder.outputWriter().close();

    assertEquals("mine", waiter.inputReader().readLine());
    assertEquals(0, waiter.waitFor());
  }

  /** Waits until the kernel lists the process among those that wait for a lock. */
  private static void awaitFlock(long pid) throws Exception {
    long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (Files.readAllLines(Path.of("/proc/locks")).stream()
        .noneMatch(line -> line.contains("->") && line.contains(" " + pid + " "))) {
      if (System.nanoTime() - deadlineNs > 0) {
        throw new AssertionError("process " + pid + " does not wait for a lock");
      }
      Thread.onSpinWait();
    }
  }

  @Test
  void shouldSayWhyAFileCannotBeOpened() throws Exception {
    Files.createDirectory(directory.resolve("directory"));
    for (String file : List.of("directory", "nonexistent/lock", "")) {
      comparison.assertSame("@setlock", file, "true");
      comparison.assertSame("@setlock", "-x", file, "true");
    }
  }
}
