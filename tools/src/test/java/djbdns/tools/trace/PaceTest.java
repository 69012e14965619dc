package djbdns.tools.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class PaceTest {
  private static final long SECOND_NS = 1_000_000_000L;

  private static int countUntil(Pace pace, long fromNs, long toNs) {
    int count = 0;
    for (long nowNs = fromNs; nowNs - toNs < 0; nowNs += SECOND_NS / 1000) {
      while (pace.nextNs() - nowNs <= 0) {
        pace.spend(nowNs);
        count++;
      }
    }
    return count;
  }

  @Test
  void shouldAllowABurstAndThenTheRate() {
    long startNs = Long.MAX_VALUE - SECOND_NS / 2;
    Pace pace = new Pace(50, 20, startNs);
    assertEquals(20, countUntil(pace, startNs, startNs + 1));
    assertEquals(50, countUntil(pace, startNs + 1, startNs + SECOND_NS + SECOND_NS / 500));
  }

  @Test
  void shouldSaveUpNoMoreThanABurst() {
    Pace pace = new Pace(100, 5, 0);
    assertEquals(5, countUntil(pace, 10 * SECOND_NS, 10 * SECOND_NS + 1));
  }
}
