package djbdns.supervise.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class EnvironmentTest {
  private static final int ROUNDS = 2000;

  private static Environment of(String... entries) {
    return new Environment(List.of(entries));
  }

  @Test
  void shouldPutWhatIsSetAtTheEnd() {
    Environment environment = of("A=1", "B=2", "C=3");

    environment.set("D", "");
    assertEquals(List.of("A=1", "B=2", "C=3", "D="), environment.entries());
    environment.set("A", "4");
    assertEquals(List.of("D=", "B=2", "C=3", "A=4"), environment.entries());
  }

  @Test
  void shouldFillAGapWithTheLastEntry() {
    Environment environment = of("A=1", "B=2", "C=3");

    environment.unset("A");
    assertEquals(List.of("C=3", "B=2"), environment.entries());
    environment.unset("B");
    assertEquals(List.of("C=3"), environment.entries());
    environment.unset("B");
    assertEquals(List.of("C=3"), environment.entries());
  }

  @Test
  void shouldChangeTheFirstOfTwoOfAName() {
    Environment environment = of("A=1", "A=2", "AB=3");

    environment.unset("A");
    assertEquals(List.of("AB=3", "A=2"), environment.entries());
  }

  @Test
  void shouldKeepEntriesThatAreNoVariables() {
    Environment environment = of("A", "", "=x");

    environment.set("A", "1");
    assertEquals(List.of("A", "", "=x", "A=1"), environment.entries());
    environment.unset("");
    assertEquals(List.of("A", "", "A=1"), environment.entries());
  }

  @Test
  void shouldTakeANameOnlyUpToItsEqualsSign() {
    Environment environment = of("A=1");

    environment.set("A=B", "2");
    assertEquals(List.of("A=B=2"), environment.entries());
    environment.unset("A=3");
    assertEquals(List.of("A=3"), environment.entries());
  }

  /** The algorithm of the original, on an array with a length. */
  private static List<String> model(List<String> start, List<String> changes) {
    String[] array = start.toArray(new String[start.size() + changes.size()]);
    int length = start.size();
    for (String change : changes) {
      String name = change.indexOf('=') < 0 ? change : change.substring(0, change.indexOf('='));
      for (int t = 0; t < length; t++) {
        if (array[t].startsWith(name + "=")) {
          length--;
          array[t] = array[length];
          break;
        }
      }
      if (change.indexOf('=') >= 0) {
        array[length] = change;
        length++;
      }
    }
    return Arrays.asList(array).subList(0, length);
  }

  private static List<String> randomEntries(Random random) {
    List<String> entries = new ArrayList<>();
    for (int i = random.nextInt(6); i > 0; i--) {
      entries.add("" + (char) ('A' + random.nextInt(4)) + "=" + random.nextInt(10));
    }
    return entries;
  }

  @Test
  void shouldDoAsTheOriginal() {
    Random random = new Random(1);
    for (int round = 0; round < ROUNDS; round++) {
      List<String> start = randomEntries(random);
      List<String> changes = randomEntries(random);
      Environment environment = new Environment(start);
      for (int i = 0; i < changes.size(); i++) {
        String change = changes.get(i);
        if (random.nextBoolean()) {
          environment.set(change.substring(0, 1), change.substring(2));
        } else {
          changes.set(i, change.substring(0, 1));
          environment.unset(change.substring(0, 1));
        }
      }
      assertEquals(model(start, changes), environment.entries(), start + " with " + changes);
    }
  }
}
