package djbdns.dnscache.resolve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

/** What is left of the budget when the thread does not keep up. */
final class LoadTest {
  private static final long MS = 1_000_000;

  /** Near the end of the clock's range, so that it passes it. */
  private static final long START_NS = Long.MAX_VALUE - 500 * MS;

  private long nowNs = START_NS;
  private final Load load = new Load(nowNs);

  /** Something happens every 10 ms for a while; how late, depends on the time since the start. */
  private void happen(long forMs, LongUnaryOperator lateMs) {
    for (long ms = 0; ms < forMs; ms += 10) {
      nowNs += 10 * MS;
      load.happened(nowNs - lateMs.applyAsLong(ms) * MS, nowNs);
    }
  }

  @Test
  void shouldAllowAllToAThreadThatKeepsUp() {
    happen(2_000, _ -> 1);
    assertEquals(Load.WHOLE, load.allowed());
  }

  @Test
  void shouldAllowLessAndLessToAThreadThatIsAlwaysLate() {
    happen(300, _ -> 20);
    int first = load.allowed();
    assertTrue(first < Load.WHOLE && first > Load.LEAST, () -> "" + first);
    happen(5_000, _ -> 20);
    assertEquals(Load.LEAST, load.allowed());
  }

  @Test
  void shouldNotCountPausesAndBursts() {
    happen(5_000, ms -> ms % 100 < 80 ? 80 - ms % 100 : 0);
    assertEquals(Load.WHOLE, load.allowed());
  }

  @Test
  void shouldNotTakeOnePauseForLoadWhereNothingElseHappens() {
    for (int i = 0; i < 20; i++) {
      nowNs += 1_000 * MS;
      load.happened(nowNs - 100 * MS, nowNs);
      load.happened(nowNs, nowNs);
    }
    assertEquals(Load.WHOLE, load.allowed());
  }

  @Test
  void shouldAllowAllAgainSomeTimeAfterTheLoadIfNothingHappens() {
    happen(5_000, _ -> 20);
    nowNs += 5_000 * MS;
    load.pass(nowNs);
    assertEquals(Load.WHOLE, load.allowed());
  }

  @Test
  void shouldAllowAllAgainSomeTimeAfterTheLoad() {
    happen(5_000, _ -> 20);
    happen(5_000, _ -> 0);
    assertEquals(Load.WHOLE, load.allowed());
  }
}
