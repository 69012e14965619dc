package djbdns.tools.odd;

import djbdns.tools.Namespace;
import djbdns.wire.Message;
import djbdns.wire.Name;
import djbdns.wire.RecordType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** One resolver and all scenarios, in a namespace of their own. */
final class Examination {

  /**
   * What became of a scenario.
   *
   * @param fault what was wrong first; empty if nothing was
   * @param ms the longest time to an answer
   */
  record Verdict(Optional<String> fault, long ms) {
    boolean isRight() {
      return fault.isEmpty();
    }

    @Override
    public String toString() {
      String seconds = String.format(java.util.Locale.ROOT, "%.1f s", ms / 1000.0);
      return fault.map(text -> text + ", " + seconds).orElse("right, " + seconds);
    }
  }

  private final OddInternet internet;
  private final StubClient client = new StubClient(OddInternet.RESOLVER);

  private Examination(OddInternet internet) {
    this.internet = internet;
  }

  /**
   * Runs scenarios, some at a time, after a warm-up.
   *
   * @param directory an empty one, for the resolver's files
   * @param atOnce how many scenarios at a time
   * @param warmUp how many questions come before, so that no scenario has to wait for a compiler
   * @return verdicts by the scenarios' IDs, in their order
   */
  static Map<String, Verdict> of(
      Software software, List<Scenario> scenarios, Path directory, int atOnce, int warmUp)
      throws IOException, InterruptedException {
    List<Scenario> all = new ArrayList<>(scenarios);
    all.add(warmUp(warmUp));
    try (Namespace namespace = Namespace.create();
        OddInternet internet = OddInternet.start(namespace, all)) {
      software.start(namespace, Files.createDirectories(directory), scenarios);
      Examination examination = new Examination(internet);
      namespace.callInside(() -> examination.examine(all.getLast()));
      try (ExecutorService threads =
          Executors.newFixedThreadPool(atOnce, namespace.threadsInside())) {
        return examination.run(scenarios, threads);
      }
    }
  }

  /** Ordinary questions; each tenth answer takes TCP. */
  private static Scenario warmUp(int questions) {
    String delegation = "odd NS ns.odd\nns.odd A {2}\n";
    StringBuilder records = new StringBuilder(delegation);
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < questions; i++) {
      records.append("n" + i + ".odd TXT " + Scenarios.text(i % 10 == 0 ? 2000 : 20) + "\n");
      steps.add(new Step.AskAnyway("n" + i + ".odd", "TXT"));
      steps.add(new Step.AskAnyway("n" + i + ".odd", "A"));
    }
    return Scenario.of(
        "warm-up",
        Scenario.Topic.SLOW,
        "",
        List.of(
            Scenario.Server.good(new Scenario.ZoneText("", delegation)),
            Scenario.Server.good(new Scenario.ZoneText("odd", records.toString()))),
        steps);
  }

  private Map<String, Verdict> run(List<Scenario> scenarios, ExecutorService threads)
      throws IOException, InterruptedException {
    List<Future<Verdict>> running = new ArrayList<>();
    for (Scenario scenario : scenarios) {
      running.add(threads.submit(() -> examine(scenario)));
    }
    Map<String, Verdict> verdicts = new LinkedHashMap<>();
    for (int i = 0; i < running.size(); i++) {
      try {
        verdicts.put(scenarios.get(i).id(), running.get(i).get());
      } catch (ExecutionException e) {
        throw new IOException("scenario " + scenarios.get(i).id(), e);
      }
    }
    return verdicts;
  }

  private Verdict examine(Scenario scenario) throws IOException, InterruptedException {
    long longestMs = 0;
    for (Step step : scenario.steps()) {
      Verdict verdict =
          switch (step) {
            case Step.Ask(String name, String type, Expected expected) ->
                ask(scenario, name, type, expected);
            case Step.AskCached(String name, String type, Expected expected) ->
                askCached(scenario, name, type, expected);
            case Step.AskAnyway(String name, String type) -> {
              client.ask(absolute(scenario, name), type(type));
              yield new Verdict(Optional.empty(), 0);
            }
            case Step.Begin(String name, String type) -> {
              client.begin(absolute(scenario, name), type(type));
              yield new Verdict(Optional.empty(), 0);
            }
            case Step.Turn() -> {
              internet.turn(scenario);
              yield new Verdict(Optional.empty(), 0);
            }
            case Step.Pause(int ms) -> {
              Thread.sleep(ms);
              yield new Verdict(Optional.empty(), 0);
            }
          };
      longestMs = Math.max(longestMs, verdict.ms());
      if (!verdict.isRight()) {
        return new Verdict(verdict.fault(), longestMs);
      }
    }
    return new Verdict(Optional.empty(), longestMs);
  }

  private static Name absolute(Scenario scenario, String name) {
    return Zones.name(name + "." + scenario.id());
  }

  private static RecordType type(String type) {
    return RecordType.parse(type).orElseThrow();
  }

  private Verdict ask(Scenario scenario, String name, String type, Expected expected)
      throws IOException {
    long start = System.nanoTime();
    Optional<Message> response = client.ask(absolute(scenario, name), type(type));
    long ms = (System.nanoTime() - start) / 1_000_000;
    if (response.isEmpty()) {
      return new Verdict(Optional.of("no answer"), ms);
    }
    String rcode = response.get().rcode().toString();
    Optional<String> fault = expected.fault(response.get(), scenario.id());
    return new Verdict(fault.map(text -> text.isEmpty() ? rcode : rcode + ": " + text), ms);
  }

  private Verdict askCached(Scenario scenario, String name, String type, Expected expected)
      throws IOException {
    Name absolute = absolute(scenario, name);
    int before = internet.timesAsked(scenario, absolute, type(type));
    Verdict verdict = ask(scenario, name, type, expected);
    boolean isFromCache = internet.timesAsked(scenario, absolute, type(type)) == before;
    return !verdict.isRight() || isFromCache
        ? verdict
        : new Verdict(Optional.of("not cached"), verdict.ms());
  }
}
