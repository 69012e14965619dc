package djbdns.tools.hostile;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That what the adversary tells of a run is what was there. */
final class MeasurementTest {
  @TempDir private Path directory;

  @Test
  void shouldCountWhoIsNotAnsweredAsSlowest() {
    Tally tally = new Tally();
    for (int i = 1; i <= 4; i++) {
      tally.ask();
    }
    tally.answer(2_000);
    tally.answer(1_000);
    tally.answer(Tally.PATIENCE_MS * 1_000L + 1);
    assertEquals(0.5, tally.share());
    assertEquals("2.0", tally.quantile(0.49));
    assertEquals("none", tally.quantile(0.5));
  }

  @Test
  void shouldReadThePausesOfTheCollector() throws Exception {
    Path log = directory.resolve("gc.log");
    Files.write(
        log,
        List.of(
            "[1000ms] Using Serial",
            "[2000ms] GC(0) Pause Young (Allocation Failure) 2M->1M(8M) 1.500ms",
            "[2500ms] GC(1) Pause Young (Allocation Failure) 63M->60M(64M) 0.000ms",
            "[3000ms] GC(2) Pause Full (Allocation Failure) 60M->33M(64M) 40.250ms"));
    GcLog gcLog = GcLog.read(List.of(log, directory.resolve("missing")));
    assertEquals(41.75, gcLog.totalMs());
    assertEquals(60, gcLog.maxHeapMib());
    assertEquals(33, gcLog.maxLiveMib());
    assertEquals(1.5, gcLog.between(2_000, 3_000).totalMs());
  }

  @Test
  void shouldKeepOnlyUnusualLines() {
    LogWatch watch = new LogWatch();
    String log =
        "query 1 7f000001:1:1 1 a.\njava.io.IOException: x\n\tat A.b(A.java:1)\nsent 1 2\n";
    watch.read(new ByteArrayInputStream(log.getBytes(ISO_8859_1)));
    assertEquals(List.of("java.io.IOException: x", "\tat A.b(A.java:1)"), watch.unusual());
  }

  @Test
  void shouldKeepToItsPace() {
    Pace pace = new Pace(100);
    int sent = 0;
    for (long ms = 1; ms <= 1_001; ms++) {
      sent += pace.due(ms * 1_000_000);
    }
    assertEquals(100, sent, 1);
  }
}
