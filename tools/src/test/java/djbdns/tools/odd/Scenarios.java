package djbdns.tools.odd;

import static djbdns.tools.odd.Behaviours.late;
import static djbdns.tools.odd.Behaviours.ofType;
import static djbdns.tools.odd.Behaviours.towards;
import static djbdns.tools.odd.Behaviours.truncating;
import static djbdns.tools.odd.Behaviours.unknownNames;

import djbdns.tools.odd.Scenario.Topic;
import djbdns.tools.odd.Step.Ask;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** All scenarios, in the order of the table. */
final class Scenarios {
  /** Delays that a resolver has to live with. */
  private static final List<Integer> DELAYS_MS = List.of(500, 1100, 1700, 3000);

  private Scenarios() {}

  static List<Scenario> all() {
    List<Scenario> all = new ArrayList<>();
    for (Kind kind : silence()) {
      all.addAll(kind.scenarios());
    }
    for (Kind kind : tcp()) {
      all.addAll(kind.scenarios());
    }
    return all;
  }

  private static Ask spare(int number) {
    return new Ask("spare" + number + ".odd", "A", Expected.address("192.0.2." + number));
  }

  private static List<Kind> silence() {
    List<Kind> kinds = new ArrayList<>();
    for (String type : List.of("HTTPS", "AAAA")) {
      kinds.add(
          Kind.of(
              "silent-" + type.toLowerCase(Locale.ROOT),
              Topic.SILENCE,
              "silent to " + type + "; then A of other names",
              "",
              towards(ofType(type), Behaviour.SILENT),
              List.of(
                  new Step.Begin("first.odd", type),
                  spare(1),
                  new Step.AskAnyway("spare4.odd", type),
                  spare(2),
                  spare(3))));
    }
    kinds.add(
        Kind.of(
            "silent-unknown",
            Topic.SILENCE,
            "silent to names that it does not have; then A of others",
            "",
            towards(unknownNames(), Behaviour.SILENT),
            List.of(new Step.AskAnyway("missing.odd", "A"), spare(1), spare(2))));
    return kinds;
  }

  private static List<Kind> tcp() {
    List<Kind> kinds = new ArrayList<>();
    for (int ms : DELAYS_MS) {
      kinds.add(
          Kind.of(
              "tcp-late-" + ms,
              Topic.TCP,
              "TC over UDP; over TCP an answer after " + ms + " ms",
              "",
              truncating(late(ms)),
              List.of(spare(1))));
    }
    kinds.add(
        Kind.of(
                "tcp-lost-syn",
                Topic.TCP,
                "TC; first SYN is lost",
                "",
                truncating(Behaviour.GOOD),
                List.of(spare(1)))
            .over(djbdns.tools.odd.Stream.losingSyns(1)));
    return kinds;
  }
}
