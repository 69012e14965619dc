package djbdns.tools.odd;

import djbdns.tools.odd.Scenario.Phase;
import djbdns.tools.odd.Scenario.Server;
import djbdns.tools.odd.Scenario.Topic;
import djbdns.tools.odd.Scenario.ZoneText;
import java.util.ArrayList;
import java.util.List;

/**
 * An oddity of one server of the zone {@code odd}, from which three scenarios are made: it is the
 * only server; there is a second, good one; it becomes odd after it was good.
 *
 * @param records of the zone, besides its NS records and their addresses; {@code first} and {@code
 *     spare1} to {@code spare4} have addresses anyway
 * @param alone the steps where it is the only server
 * @param helped the steps where there is a better one
 */
record Kind(
    String id,
    Topic topic,
    String text,
    String records,
    Behaviour odd,
    Stream stream,
    List<Step> alone,
    List<Step> helped) {
  private static final String COMMON =
      """
      first.odd A 192.0.2.101
      spare1.odd A 192.0.2.1
      spare2.odd A 192.0.2.2
      spare3.odd A 192.0.2.3
      spare4.odd A 192.0.2.4
      """;

  /** One that is the same with a second server. */
  static Kind of(
      String id, Topic topic, String text, String records, Behaviour odd, List<Step> steps) {
    return new Kind(id, topic, text, records, odd, Stream.SMOOTH, steps, steps);
  }

  Kind over(Stream other) {
    return new Kind(id, topic, text, records, odd, other, alone, helped);
  }

  /** The same, where more is possible if there is a better server. */
  Kind with(List<Step> aloneSteps, List<Step> helpedSteps) {
    return new Kind(id, topic, text, records, odd, stream, aloneSteps, helpedSteps);
  }

  List<Scenario> scenarios() {
    return List.of(
        Scenario.of(id, topic, text, List.of(parent(1), odd(1)), alone),
        Scenario.of(
            id + "-and-good",
            topic,
            text + "; a second server is good",
            List.of(parent(2), odd(2), Server.of(Behaviour.GOOD, zone(2))),
            helped),
        Scenario.of(
            id + "-later",
            topic,
            text + "; good at first",
            List.of(parent(1), new Server(List.of(phase(Behaviour.GOOD, 1), phase(odd, 1)))),
            turned()));
  }

  private List<Step> turned() {
    List<Step> steps = new ArrayList<>();
    steps.add(new Step.Ask("first.odd", "A", Expected.address("192.0.2.101")));
    steps.add(new Step.Turn());
    steps.addAll(alone);
    return steps;
  }

  private static Server parent(int servers) {
    return Server.good(new ZoneText("", delegation(servers)));
  }

  private static String delegation(int servers) {
    StringBuilder text = new StringBuilder();
    for (int i = 1; i <= servers; i++) {
      text.append("odd NS ns" + i + ".odd\nns" + i + ".odd A {" + (i + 1) + "}\n");
    }
    return text.toString();
  }

  private ZoneText zone(int servers) {
    return new ZoneText("odd", delegation(servers) + COMMON + records);
  }

  private Server odd(int servers) {
    return new Server(List.of(phase(odd, servers)));
  }

  private Phase phase(Behaviour behaviour, int servers) {
    return new Phase(List.of(zone(servers)), behaviour, stream);
  }
}
