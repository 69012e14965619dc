package djbdns.tools.odd;

import djbdns.tools.Namespace;
import djbdns.wire.Name;
import djbdns.wire.Rcode;
import djbdns.wire.RecordType;
import djbdns.wire.message.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
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
   * @param rcode of the last answer, if there was one
   * @param ms the longest time to an answer
   */
  record Verdict(Optional<String> fault, Optional<Rcode> rcode, long ms) {
    /** Of a step that nobody judges. */
    static final Verdict NONE = new Verdict(Optional.empty(), Optional.empty(), 0);

    boolean isRight() {
      return fault.isEmpty();
    }

    @Override
    public String toString() {
      String result = rcode.map(Rcode::toString).orElse("no answer");
      String wrong = fault.map(text -> text.isEmpty() ? "wrong" : "wrong, " + text).orElse("right");
      return String.format(Locale.ROOT, "%s, %s, %.1f s", result, wrong, ms / 1000.0);
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
    Verdict last = Verdict.NONE;
    for (Step step : scenario.steps()) {
      Verdict verdict =
          switch (step) {
            case Step.Ask(String name, String type, Expected expected) ->
                ask(scenario, name, type, expected);
            case Step.AskCached(String name, String type, Expected expected) ->
                askCached(scenario, name, type, expected);
            case Step.AskAnyway(String name, String type) -> {
              client.ask(absolute(scenario, name), type(type));
              yield Verdict.NONE;
            }
            case Step.Begin(String name, String type) -> {
              client.begin(absolute(scenario, name), type(type));
              yield Verdict.NONE;
            }
            case Step.Turn() -> {
              internet.turn(scenario);
              yield Verdict.NONE;
            }
            case Step.Pause(int ms) -> {
              Thread.sleep(ms);
              yield Verdict.NONE;
            }
          };
      longestMs = Math.max(longestMs, verdict.ms());
      if (!verdict.equals(Verdict.NONE)) {
        last = new Verdict(verdict.fault(), verdict.rcode(), longestMs);
      }
      if (!last.isRight()) {
        break;
      }
    }
    return last;
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
    return response
        .map(answer ->
            new Verdict(expected.fault(answer, scenario.id()), Optional.of(answer.rcode()), ms))
        .orElseGet(() -> new Verdict(Optional.of(""), Optional.empty(), ms));
  }

  private Verdict askCached(Scenario scenario, String name, String type, Expected expected)
      throws IOException {
    Name absolute = absolute(scenario, name);
    int before = internet.timesAsked(scenario, absolute, type(type));
    Verdict verdict = ask(scenario, name, type, expected);
    boolean isFromCache = internet.timesAsked(scenario, absolute, type(type)) == before;
    return !verdict.isRight() || isFromCache
        ? verdict
        : new Verdict(Optional.of("not cached"), verdict.rcode(), verdict.ms());
  }
}
