package djbdns.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;

import djbdns.tools.Commands.Invocation;
import djbdns.tools.Commands.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs dnstrace beside the original. */
final class TraceComparison {
  private TraceComparison() {}

  /** A command line of both. */
  static Invocation trace(Map<String, String> environment, String... words) {
    List<String> all = new ArrayList<>(List.of("dnstrace"));
    all.addAll(List.of(words));
    return new Invocation(environment, all);
  }

  static Outcome original(Invocation invocation) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(invocation.words());
    words.set(0, "/usr/bin/dnstrace");
    return Commands.run(words, invocation.environment());
  }

  /** Ours, as fast as it goes. */
  static Outcome ours(Invocation invocation) {
    List<String> words = new ArrayList<>(List.of("dnstrace", "--rate", "100000"));
    words.addAll(invocation.words().subList(1, invocation.words().size()));
    return Commands.ours(new Invocation(invocation.environment(), words));
  }

  /** How long a reply takes on a busy machine is nobody's fault. */
  static Outcome withoutSlowness(Outcome outcome) {
    String output = outcome.output().replaceAll("(?m)^.*:ALERT:took more than 1 second\n", "");
    return new Outcome(output, outcome.errors(), outcome.exitCode());
  }

  /** Runs every invocation of both, side by side, so that their timeouts overlap. */
  static void assertSame(List<Invocation> invocations) throws Exception {
    try (ExecutorService executor = Executors.newFixedThreadPool(2 * invocations.size())) {
      List<Future<Outcome>> originals = new ArrayList<>();
      List<Future<Outcome>> ours = new ArrayList<>();
      for (Invocation invocation : invocations) {
        originals.add(executor.submit(() -> original(invocation)));
        ours.add(executor.submit(() -> ours(invocation)));
      }
      List<String> differences = new ArrayList<>();
      for (int i = 0; i < invocations.size(); i++) {
        Outcome expected = withoutSlowness(originals.get(i).get());
        Outcome actual = withoutSlowness(ours.get(i).get());
        if (!expected.equals(actual)) {
          differences.add(invocations.get(i) + " original: " + expected + " ours: " + actual);
        }
      }
      assertEquals(List.of(), differences);
    }
  }
}
