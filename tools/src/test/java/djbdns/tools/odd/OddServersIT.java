package djbdns.tools.odd;

import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.tools.Namespace;
import djbdns.tools.odd.Examination.Verdict;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * dnscache before every server of {@link Scenarios} that does not take a minute, many at a time.
 * {@code tools/bench/odd-servers} shows the same with its peers beside it.
 */
@Timeout(300)
final class OddServersIT {
  private static final int AT_ONCE = 64;
  private static final int WARM_UP = 100;

  @TempDir private Path directory;

  @Test
  void shouldFindWhatCanBeFound() throws Exception {
    Namespace.assumePossible();
    List<Scenario> scenarios =
        Scenarios.all().stream().filter(scenario -> !scenario.isSlow()).toList();

    Map<String, Verdict> verdicts =
        Examination.of(Software.OURS, scenarios, directory, AT_ONCE, WARM_UP);

    List<String> wrong =
        scenarios.stream()
            .filter(scenario -> !verdicts.get(scenario.id()).isRight())
            .map(scenario ->
                scenario.id() + ": " + scenario.text() + ": " + verdicts.get(scenario.id()))
            .toList();
    assertTrue(
        wrong.isEmpty(),
        () -> wrong.size() + " of " + scenarios.size() + ":\n" + String.join("\n", wrong));
  }
}
