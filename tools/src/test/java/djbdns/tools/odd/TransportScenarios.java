package djbdns.tools.odd;

import static djbdns.tools.odd.Behaviours.late;
import static djbdns.tools.odd.Behaviours.truncating;
import static djbdns.tools.odd.Scenarios.spare;

import djbdns.tools.odd.Scenario.Server;
import djbdns.tools.odd.Scenario.Topic;
import djbdns.tools.odd.Scenario.ZoneText;
import java.util.ArrayList;
import java.util.List;

/** TCP that takes its time, and servers that do. */
final class TransportScenarios {
  private static final List<Integer> DELAYS_MS = List.of(500, 1100, 1700, 3000);
  private static final int TEXT_BYTES = 2000;

  private TransportScenarios() {}

  static List<Scenario> all() {
    List<Scenario> all = new ArrayList<>();
    all.addAll(Scenarios.of(tcp()));
    all.addAll(Scenarios.of(slow()));
    for (int ms : DELAYS_MS) {
      all.add(twoSlow(ms));
    }
    return all;
  }

  private static String seconds(int ms) {
    return ms / 1000.0 + " s";
  }

  private static Kind kind(String id, String text, Behaviour odd) {
    return Kind.of(id, Topic.TCP, text, "", odd, List.of(spare(1)));
  }

  private static Kind inPieces(int bytes, int gapMs) {
    return Kind.of(
            "tcp-pieces-" + bytes + "-" + gapMs,
            Topic.TCP,
            "2000 bytes over TCP, " + bytes + " each " + gapMs + " ms",
            "text.odd TXT " + Scenarios.text(TEXT_BYTES),
            Behaviour.GOOD,
            List.of(new Step.Ask("text.odd", "TXT", Expected.textBytes(TEXT_BYTES))))
        .over(Stream.inPieces(bytes, gapMs));
  }

  private static List<Kind> tcp() {
    List<Kind> kinds = new ArrayList<>();
    for (int ms : DELAYS_MS) {
      kinds.add(
          kind("tcp-late-" + ms, "TC; over TCP an answer in " + seconds(ms), truncating(late(ms))));
    }
    for (int lost = 1; lost <= 2; lost++) {
      kinds.add(
          kind(
                  "tcp-lost-syn-" + lost,
                  "TC; over TCP " + (lost == 1 ? "one SYN is lost" : lost + " SYNs are lost"),
                  truncating(Behaviour.GOOD))
              .over(Stream.losingSyns(lost)));
    }
    kinds.add(inPieces(1, 1));
    kinds.add(inPieces(100, 100));
    kinds.add(inPieces(500, 1000));
    kinds.add(
        kind(
            "tcp-hangs-up",
            "TC; the first connection is closed without an answer",
            truncating(query -> query.earlier() == 1 ? Reaction.hangingUp() : query.rightly())));
    return kinds;
  }

  private static List<Kind> slow() {
    List<Kind> kinds = new ArrayList<>();
    for (int ms : DELAYS_MS) {
      kinds.add(
          Kind.of(
              "slow-" + ms,
              Topic.SLOW,
              "every answer in " + seconds(ms),
              "",
              late(ms),
              List.of(spare(1), spare(2))));
      kinds.add(
          Kind.of(
              "slow-first-" + ms,
              Topic.SLOW,
              "only the first of equal queries is answered, in " + seconds(ms),
              "",
              query -> query.earlier() == 0 ? late(ms).to(query) : Reaction.silence(),
              List.of(spare(1))));
    }
    return kinds;
  }

  private static Scenario twoSlow(int ms) {
    String delegation = "odd NS ns1.odd\nodd NS ns2.odd\nns1.odd A {2}\nns2.odd A {3}\n";
    ZoneText zone =
        new ZoneText("odd", delegation + "spare1.odd A 192.0.2.1\nspare2.odd A 192.0.2.2\n");
    return Scenario.of(
        "slow-both-" + ms,
        Topic.SLOW,
        "two servers, every answer in " + seconds(ms),
        List.of(
            Server.good(new ZoneText("", delegation)),
            Server.of(late(ms), zone),
            Server.of(late(ms), zone)),
        List.of(spare(1), spare(2)));
  }
}
