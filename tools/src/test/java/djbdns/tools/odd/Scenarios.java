package djbdns.tools.odd;

import java.util.ArrayList;
import java.util.List;

/** All scenarios, in the order of the table. */
final class Scenarios {
  private Scenarios() {}

  static List<Scenario> all() {
    List<Scenario> all = new ArrayList<>();
    all.addAll(ReplyScenarios.all());
    all.addAll(TransportScenarios.all());
    all.addAll(DelegationScenarios.all());
    all.addAll(ContentScenarios.all());
    return List.copyOf(all);
  }

  /** Those of many kinds. */
  static List<Scenario> of(List<Kind> kinds) {
    return kinds.stream().flatMap(kind -> kind.scenarios().stream()).toList();
  }

  /** A question for the address of one of the four spare names of a {@link Kind}. */
  static Step spare(int number) {
    return new Step.Ask("spare" + number + ".odd", "A", Expected.address("192.0.2." + number));
  }

  /** An A record that {@link #address} asks for. */
  static Step address(String name, String address) {
    return new Step.Ask(name, "A", Expected.address(address));
  }

  /** Data of a TXT record, so many bytes of them. */
  static String text(int bytes) {
    StringBuilder text = new StringBuilder();
    for (int left = bytes; left > 0; left -= 256) {
      text.append('"').append("x".repeat(Math.min(left, 256) - 1)).append("\" ");
    }
    return text.toString();
  }
}
