package djbdns.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills services at random under svscan: each comes back within two seconds, never twice, and
 * svscan does not grow. A short run; {@code -Dsoak.seconds} makes it a long one, and tools/
 * soak-supervise starts that.
 */
@Tag("long")
final class SuperviseSoakIT {
  private static final int SECONDS = 15;
  private static final int LOGS = 20;
  private static final long COME_BACK_MS = 2_000;
  private static final int KILL_EVERY_MS = 50;
  private static final long MIB = 1_024;

  @TempDir private Path directory;

  /** A service that has been killed. */
  private record Killed(int pid, long atNs) {}

  private final Map<Path, Killed> killed = new HashMap<>();
  private final long[] comeBackMs = new long[100_000];
  private int kills;

  private static void assumeOriginals() {
    assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/setlock")),
        "Debian package daemontools is not installed");
  }

  private ServerProcess svscan(ServiceTree tree) throws IOException {
    return ServerProcess.start(
        "svscan",
        List.of(Suite.launcher("svscan").toString(), tree.directory().toString()),
        Map.of("PATH", "/usr/bin:/bin"),
        directory.resolve("errors"));
  }

  @Test
  void shouldBringEveryServiceBack() throws Exception {
    assumeOriginals();
    int seconds = Integer.getInteger("soak.seconds", SECONDS);
    long seed = Long.getLong("djbdns.seed", System.nanoTime());
    System.out.println("seed " + seed);
    ServiceTree tree = ServiceTree.make(directory.resolve("scan"), 200, LOGS);
    try (ServerProcess svscan = svscan(tree)) {
      svscan.await(tree::isUp);
      long openFiles = svscan.openFiles();

      killAtRandom(tree, svscan, new Random(seed), seconds);

      report(svscan, openFiles);
      assertEquals(List.of(), ServiceTree.zombiesOf(svscan.pid()));
      assertEquals(openFiles, svscan.openFiles());
      assertTrue(svscan.residentKib() <= 80 * MIB, () -> "resident: " + resident(svscan));
      assertEquals(List.of(), svscan.log());
    }
  }

  @Test
  void shouldBeSmallWithFiveServices() throws Exception {
    assumeOriginals();
    ServiceTree tree = ServiceTree.make(directory.resolve("scan"), 5, 5);
    try (ServerProcess svscan = svscan(tree)) {
      svscan.await(tree::isUp);
      for (Path service : tree.services()) {
        kill(service);
      }
      svscan.await(() -> allAreBack(tree));

      System.out.println("resident memory with 5 services: " + resident(svscan));
      assertTrue(svscan.residentKib() <= 64 * MIB, () -> "resident: " + resident(svscan));
      assertEquals(List.of(), svscan.log());
    }
  }

  private void killAtRandom(ServiceTree tree, ServerProcess svscan, Random random, int seconds)
      throws IOException, InterruptedException {
    long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (System.nanoTime() - endNs < 0) {
      Path service = tree.services().get(random.nextInt(tree.services().size()));
      if (!killed.containsKey(service)) {
        kill(service);
      }
      TimeUnit.MILLISECONDS.sleep(random.nextInt(KILL_EVERY_MS));
      noteWhoIsBack();
    }
    svscan.await(() -> {
      noteWhoIsBack();
      return killed.isEmpty();
    });
  }

  private void kill(Path service) throws IOException {
    Optional<Integer> pid = ServiceTree.pid(service);
    if (pid.isPresent()) {
      ProcessHandle.of(pid.get()).ifPresent(ProcessHandle::destroyForcibly);
      killed.put(service, new Killed(pid.get(), System.nanoTime()));
    }
  }

  private boolean allAreBack(ServiceTree tree) throws IOException {
    noteWhoIsBack();
    return killed.isEmpty() && tree.isUp();
  }

  private void noteWhoIsBack() throws IOException {
    for (Path service : List.copyOf(killed.keySet())) {
      Killed victim = killed.get(service);
      long ms = (System.nanoTime() - victim.atNs()) / 1_000_000;
      Optional<Integer> pid = ServiceTree.pid(service);
      if (pid.isPresent() && pid.get() != victim.pid()) {
        comeBackMs[kills % comeBackMs.length] = ms;
        kills++;
        killed.remove(service);
      } else {
        assertTrue(ms <= COME_BACK_MS, () -> service + " is not back after " + ms + " ms");
      }
    }
  }

  private void report(ServerProcess svscan, long openFiles) throws IOException {
    long[] sorted = Arrays.copyOf(comeBackMs, Math.min(kills, comeBackMs.length));
    Arrays.sort(sorted);
    System.out.printf(
        "kills: %d; back after %d ms (median), %d ms (most)%n",
        kills, sorted[sorted.length / 2], sorted[sorted.length - 1]);
    System.out.printf("open files: %d before, %d after%n", openFiles, svscan.openFiles());
    System.out.println("resident memory with 200 services: " + resident(svscan));
  }

  private static String resident(ServerProcess process) {
    try {
      return process.residentKib() / MIB + " MiB";
    } catch (IOException e) {
      return "unknown";
    }
  }
}
