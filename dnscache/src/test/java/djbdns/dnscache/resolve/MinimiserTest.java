package djbdns.dnscache.resolve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.dnscache.resolve.policy.ResolverLimits;
import djbdns.wire.MalformedTextException;
import djbdns.wire.Name;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class MinimiserTest {
  private static Name name(String text) {
    try {
      return Name.parse(text);
    } catch (MalformedTextException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** Every name asked about, if no server ever refers on. */
  private static List<String> questions(Name name, int zoneLabels) {
    Minimiser minimiser = new Minimiser();
    List<String> asked = new ArrayList<>();
    int known = zoneLabels;
    while (known < name.labelCount()) {
      Name next = minimiser.next(name, known);
      minimiser.asked();
      asked.add(next.toString());
      known = next.labelCount();
    }
    return asked;
  }

  @Test
  void shouldAddOneLabelAtATime() {
    assertEquals(
        List.of("test", "example.test", "b.example.test", "a.b.example.test"),
        questions(name("a.b.example.test"), 0));
  }

  @Test
  void shouldAskForTheWholeNameOneLabelBelowTheZone() {
    assertEquals(List.of("www.example.test"), questions(name("www.example.test"), 2));
  }

  @Test
  void shouldAskForTheWholeNameOnceRelaxed() {
    Minimiser minimiser = new Minimiser();
    minimiser.relax();
    assertEquals(name("a.b.c.test"), minimiser.next(name("a.b.c.test"), 0));
  }

  @Property(tries = 127)
  void shouldReachAnyNameInABoundedNumberOfQuestions(@ForAll @IntRange(min = 1, max = 127) int n) {
    List<String> asked = questions(name("a.".repeat(n)), 0);
    assertEquals(name("a.".repeat(n)).toString(), asked.getLast());
    assertTrue(asked.size() <= ResolverLimits.MINIMISED_QUESTIONS + 1, asked::toString);
  }
}
