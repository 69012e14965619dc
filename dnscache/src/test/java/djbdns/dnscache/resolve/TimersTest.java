package djbdns.dnscache.resolve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TimersTest {
  private final Timers timers = new Timers();
  private final List<String> done = new ArrayList<>();

  @Test
  void shouldDoWhatIsDueInOrder() {
    timers.at(30, () -> done.add("c"));
    timers.at(10, () -> done.add("a"));
    timers.at(20, () -> done.add("b"));
    assertEquals(10, timers.nextTimeNs());
    timers.run(20);
    assertEquals(List.of("a", "b"), done);
    assertEquals(30, timers.nextTimeNs());
  }

  @Test
  void shouldLeaveOutWhatIsCancelled() {
    timers.at(10, () -> done.add("a")).cancel();
    assertEquals(Long.MAX_VALUE, timers.nextTimeNs());
    timers.run(100);
    assertEquals(List.of(), done);
  }

  @Test
  void shouldNotKeepManyThatAreCancelled() {
    for (int i = 0; i < 10_000; i++) {
      timers.at(1_000_000 + i, () -> done.add("never")).cancel();
    }
    timers.at(10, () -> done.add("a"));
    assertTrue(timers.size() < 200, timers.size() + " timers");
    timers.run(2_000_000);
    assertEquals(List.of("a"), done);
    assertEquals(Long.MAX_VALUE, timers.nextTimeNs());
  }

  @Test
  void shouldBearThatAnActionCancelsItself() {
    Timers.Timer[] self = new Timers.Timer[1];
    self[0] = timers.at(10, () -> self[0].cancel());
    timers.run(10);
    assertEquals(Long.MAX_VALUE, timers.nextTimeNs());
  }

  @Test
  void shouldDoWhatAnActionAddsIfItIsDueToo() {
    timers.at(10, () -> timers.at(15, () -> done.add("later")));
    timers.run(20);
    assertEquals(List.of("later"), done);
  }

  @Test
  void shouldKeepItsOrderWhenTheClockOverflows() {
    timers.at(Long.MIN_VALUE + 5, () -> done.add("after"));
    timers.at(Long.MAX_VALUE - 5, () -> done.add("before"));
    timers.run(Long.MAX_VALUE);
    assertEquals(List.of("before"), done);
  }
}
