package djbdns.dnscache.cache;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/**
 * Hit rates of a made-up trace, ours against the original's FIFO and LRU.
 * tools/bench/cache-hit-rate runs this with a million requests.
 */
final class CacheHitRateTest {
  private static final int REQUESTS = Integer.getInteger("djbdns.requests", 200_000);
  private static final long SEED = Long.getLong("djbdns.seed", 1);
  private static final List<Double> EXPONENTS = List.of(0.9, 1.0);

  /** Sizes that hold a part of what the trace asks for. */
  private static final List<Integer> SIZES =
      REQUESTS < 1_000_000
          ? List.of(250_000, 1_000_000)
          : List.of(250_000, 1_000_000, 4_000_000, 16_000_000);

  private record Rates(double ours, double fifo, double lru) {}

  @Test
  void shouldHitMoreOftenThanFifoAndThanLruUnderScans() {
    System.out.printf(
        "%d requests, seed %d: hits in a hundred requests for names that last%n", REQUESTS, SEED);
    System.out.printf(
        "%-5s %-6s %12s %7s %7s %7s%n", "Zipf", "scans", "bytes", "ours", "FIFO", "LRU");
    for (double exponent : EXPONENTS) {
      for (boolean scans : List.of(false, true)) {
        CacheTrace trace = new CacheTrace(REQUESTS, exponent, SEED, scans);
        SIZES.forEach(bytes -> compare(trace, exponent, scans, bytes));
      }
    }
  }

  private static void compare(CacheTrace trace, double exponent, boolean scans, int bytes) {
    Rates rates =
        new Rates(
            rate(trace, RivalCache.Ours::new, bytes),
            rate(trace, RivalCache.Fifo::new, bytes),
            rate(trace, RivalCache.Lru::new, bytes));
    System.out.printf(
        Locale.ROOT,
        "%-5s %-6s %12d %7.2f %7.2f %7.2f%n",
        exponent,
        scans ? "yes" : "no",
        bytes,
        rates.ours,
        rates.fifo,
        rates.lru);
    assertTrue(rates.ours > rates.fifo, "worse than FIFO: " + rates);
    assertTrue(!scans || rates.ours > rates.lru, "worse than LRU under scans: " + rates);
  }

  private static double rate(CacheTrace trace, IntFunction<RivalCache> maker, int bytes) {
    int[] hits = new int[1];
    try (RivalCache cache = maker.apply(bytes)) {
      trace.replay(
          REQUESTS,
          (item, now, scan) -> {
            boolean hit = cache.request(item, now);
            hits[0] += hit && !scan ? 1 : 0;
          });
    }
    return 100.0 * hits[0] / REQUESTS;
  }
}
