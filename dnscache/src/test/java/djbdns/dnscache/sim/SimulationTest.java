package djbdns.dnscache.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Runs the resolver and its cache in one small hostile internet after the other. {@code
 * -Ddjbdns.seeds=N} takes N of them, {@code -Ddjbdns.seed=N} starts at that one.
 */
final class SimulationTest {
  private static final long FIRST_SEED = Long.getLong("djbdns.seed", 1);
  private static final long SEEDS = Long.getLong("djbdns.seeds", 10_000);
  private static final int REPORTED = 5;

  private final Simulation.Tally total = new Simulation.Tally();

  @Test
  void shouldFindTheTruthInAnyInternet() {
    List<String> failures =
        LongStream.range(FIRST_SEED, FIRST_SEED + SEEDS)
            .parallel()
            .mapToObj(this::run)
            .flatMap(Optional::stream)
            .limit(REPORTED)
            .toList();
    assertEquals(List.of(), failures, "rerun one with -Ddjbdns.seeds=1 -Ddjbdns.seed=...");
  }

  private Optional<String> run(long seed) {
    Simulation.Tally tally = new Simulation.Tally();
    try {
      new Simulation(seed, tally).run();
      total.add(tally);
      return Optional.empty();
    } catch (AssertionError | RuntimeException e) {
      return Optional.of("seed " + seed + ": " + e + " " + List.of(e.getStackTrace()));
    }
  }
}
