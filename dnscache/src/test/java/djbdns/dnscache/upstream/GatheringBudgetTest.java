package djbdns.dnscache.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class GatheringBudgetTest {
  private final GatheringBudget budget = new GatheringBudget(1_000);
  private final List<String> lost = new ArrayList<>();

  private GatheringBudget.Holder holder(String name) {
    return () -> lost.add(name);
  }

  @Test
  void shouldTakeFromWhoHoldsMost() {
    GatheringBudget.Holder large = holder("large");
    GatheringBudget.Holder small = holder("small");
    GatheringBudget.Holder modest = holder("modest");
    assertTrue(budget.grow(large, 600));
    assertTrue(budget.grow(small, 300));
    assertTrue(budget.grow(modest, 101));
    assertEquals(List.of("large"), lost);
    assertEquals(401, budget.bytes());
  }

  @Test
  void shouldNotLetTheGreediestGrow() {
    GatheringBudget.Holder greedy = holder("greedy");
    assertTrue(budget.grow(greedy, 600));
    assertTrue(budget.grow(holder("other"), 300));
    assertFalse(budget.grow(greedy, 101));
    assertEquals(List.of(), lost);
    assertEquals(900, budget.bytes());
    budget.release(greedy);
    budget.release(greedy);
    assertEquals(300, budget.bytes());
  }

  @Test
  void shouldNotTakeFromEquals() {
    assertTrue(budget.grow(holder("first"), 500));
    assertTrue(budget.grow(holder("second"), 500));
    assertFalse(budget.grow(holder("third"), 500));
    assertEquals(List.of(), lost);
  }
}
