package djbdns.tools.odd;

import java.util.ArrayList;
import java.util.List;

/**
 * Servers, questions to a resolver that asks them, and what is the right answer to each.
 *
 * <p>A scenario has the domain {@code <id>.}, to which all names in it are relative. Its first
 * server has the zone of that domain, and the root knows it. {@code {2}} in the text of a zone
 * stands for the IPv4 address of the second server, {@code {6:2}} for its IPv6 address.
 *
 * @param id the only label of its domain
 * @param text what is odd, in a few words
 * @param isSlow whether it takes more than a few seconds of nothing but waiting
 * @param servers from the first
 * @param forwarders numbers of servers that the resolver is told to forward the domain to; none if
 *     it is to find out by itself
 */
record Scenario(
    String id,
    Topic topic,
    String text,
    boolean isSlow,
    List<Server> servers,
    List<Integer> forwarders,
    List<Step> steps) {
  /** What the table's sections are about. */
  enum Topic {
    SILENCE("Silence to some questions"),
    TCP("TCP"),
    ADDRESSES("Wrong addresses of servers"),
    GLUELESS("Servers without glue"),
    NOT_AUTHORITATIVE("Answers without AA"),
    RENUMBERED("Old delegations"),
    REFERRALS("Referrals that lead nowhere"),
    LARGE("Large answers"),
    EDNS("EDNS and malformed replies"),
    MINIMISATION("Minimised names"),
    LETTER_CASE("Letter case"),
    ALIASES("Aliases"),
    SLOW("Slow servers");

    final String title;

    Topic(String title) {
      this.title = title;
    }
  }

  /**
   * A zone of a server.
   *
   * @param apex relative to the scenario's domain; empty for the domain itself
   */
  record ZoneText(String apex, String records) {}

  /** How a server is until the scenario turns. */
  record Phase(List<ZoneText> zones, Behaviour behaviour, Stream stream) {}

  /** A server: what it is first, and after each turn; the last phase stays. */
  record Server(List<Phase> phases) {
    static Server good(ZoneText... zones) {
      return of(Behaviour.GOOD, zones);
    }

    static Server of(Behaviour behaviour, ZoneText... zones) {
      return of(behaviour, Stream.SMOOTH, zones);
    }

    static Server of(Behaviour behaviour, Stream stream, ZoneText... zones) {
      return new Server(List.of(new Phase(List.of(zones), behaviour, stream)));
    }

    /** The same, and something else after a turn. */
    Server then(Server next) {
      List<Phase> all = new ArrayList<>(phases);
      all.addAll(next.phases());
      return new Server(List.copyOf(all));
    }
  }

  Scenario {
    servers = List.copyOf(servers);
    forwarders = List.copyOf(forwarders);
    steps = List.copyOf(steps);
  }

  static Scenario of(String id, Topic topic, String text, List<Server> servers, List<Step> steps) {
    return new Scenario(id, topic, text, false, servers, List.of(), steps);
  }

  Scenario slow() {
    return new Scenario(id, topic, text, true, servers, forwarders, steps);
  }

  Scenario forwardedTo(Integer... numbers) {
    return new Scenario(id, topic, text, isSlow, servers, List.of(numbers), steps);
  }
}
