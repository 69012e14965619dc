package djbdns.tools.trace;

import djbdns.client.Failure;
import djbdns.client.ServerAddress;
import djbdns.wire.Name;
import djbdns.wire.Question;
import djbdns.wire.RecordType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/** The findings of a trace, by question and zone; the same for any order of its exchanges. */
public final class Picture {
  /**
   * The statement of one server about a question.
   *
   * @param server its names in the zone and its address
   */
  record Said(String server, Exchange exchange, Statement statement) {}

  private final List<Exchange> exchanges;
  private final Function<Failure, String> failureText;
  private final List<Question> questions = new ArrayList<>();
  private final Map<Name, Set<Name>> hosts = new LinkedHashMap<>();
  private final Map<Name, Set<ServerAddress>> addresses = new LinkedHashMap<>();

  /**
   * @param question what was asked first
   * @param exchanges all of the trace
   * @param failureText failures in words
   */
  public Picture(
      Question question, List<Exchange> exchanges, Function<Failure, String> failureText) {
    this.exchanges =
        exchanges.stream().sorted(Comparator.comparing(one -> text(one.ask()))).toList();
    this.failureText = failureText;
    questions.add(question);
    this.exchanges.forEach(this::note);
    followAliases();
  }

  /** For an order that does not depend on when a reply came. */
  private static String text(Ask ask) {
    return String.join(
        " ",
        ask.server().toString(),
        ask.question().type().toString(),
        ask.question().name().toString(),
        ask.zone().toString());
  }

  private void note(Exchange exchange) {
    for (Event event : exchange.events()) {
      switch (event) {
        case Event.Ns ns ->
            hosts.computeIfAbsent(ns.zone(), _ -> new LinkedHashSet<>()).add(ns.host());
        case Event.Address address ->
            addresses
                .computeIfAbsent(address.host(), _ -> new LinkedHashSet<>())
                .add(WorkList.serverAt(address.address()));
        default -> {
          // Of no interest to the whole.
        }
      }
    }
  }

  private void followAliases() {
    for (int i = 0; i < questions.size(); i++) {
      Question question = questions.get(i);
      targets(question)
          .map(target -> new Question(target, question.type()))
          .filter(next -> !questions.contains(next))
          .filter(next -> exchanges.stream().anyMatch(one -> one.ask().question().equals(next)))
          .distinct()
          .forEach(questions::add);
    }
  }

  /** The names for which the name of a question is said to be an alias. */
  Stream<Name> targets(Question question) {
    return about(question).flatMap(one -> one.all(Event.Alias.class)).map(Event.Alias::target);
  }

  /** The question, and those that aliases have led to, in their order. */
  List<Question> questions() {
    return questions;
  }

  List<Exchange> exchanges() {
    return exchanges;
  }

  /** The exchanges about a question. */
  Stream<Exchange> about(Question question) {
    return exchanges.stream().filter(one -> one.ask().question().equals(question));
  }

  /** The zones on the way to a question's name, from the root down. */
  List<Name> zones(Question question) {
    Stream<Name> named = hosts.keySet().stream().filter(zone -> question.name().isWithin(zone));
    return Stream.concat(Stream.of(Name.ROOT), named)
        .distinct()
        .sorted(Comparator.comparingInt(Name::labelCount))
        .toList();
  }

  /** The statements of the servers of a zone about a question, sorted by their names. */
  List<Said> said(Question question, Name zone) {
    return about(question)
        .filter(one -> one.ask().zone().equals(zone))
        .map(one -> new Said(label(one.ask()), one, Statement.of(one, failureText)))
        .sorted(Comparator.comparing(Said::server))
        .toList();
  }

  /** The same for the names of the zone's own servers, of those servers that answer. */
  List<Said> ownServers(Name zone) {
    return said(new Question(zone, RecordType.NS), zone).stream()
        .filter(said -> said.statement().kind() == Statement.Kind.ANSWER)
        .toList();
  }

  private String label(Ask ask) {
    String names =
        String.join(
            ",",
            hosts(ask.zone()).stream()
                .filter(host -> addresses(host).contains(ask.server()))
                .map(Name::toString)
                .sorted()
                .toList());
    return names.isEmpty() ? ask.server().toString() : names + " " + ask.server();
  }

  /** Every name that somebody calls a server of the zone. */
  Set<Name> hosts(Name zone) {
    return hosts.getOrDefault(zone, Set.of());
  }

  Set<Name> allZones() {
    return hosts.keySet();
  }

  /** Every address that somebody gives a host. */
  Set<ServerAddress> addresses(Name host) {
    return addresses.getOrDefault(host, Set.of());
  }

  /** The referrals to a zone. */
  List<Exchange> referrals(Name zone) {
    return exchanges.stream()
        .filter(one -> one.all(Event.Referral.class).anyMatch(to -> to.zone().equals(zone)))
        .toList();
  }

  /** The names that a reply gives the servers of a zone. */
  static Set<String> hostsIn(Exchange exchange, Name zone) {
    TreeSet<String> names = new TreeSet<>();
    exchange
        .all(Event.Ns.class)
        .filter(ns -> ns.zone().equals(zone))
        .forEach(ns -> names.add(ns.host().toString()));
    return names;
  }

  /** The addresses that a reply gives a host. */
  static Set<String> addressesIn(Exchange exchange, Name host) {
    TreeSet<String> texts = new TreeSet<>();
    exchange
        .all(Event.Address.class)
        .filter(address -> address.host().equals(host))
        .forEach(address -> texts.add(WorkList.serverAt(address.address()).toString()));
    return texts;
  }

  /** The statements of the servers of a host's own zone about its addresses. */
  List<Exchange> lookups(Name host) {
    return Stream.of(RecordType.A, RecordType.AAAA)
        .flatMap(type -> about(new Question(host, type)))
        .filter(one -> Statement.of(one, failureText).kind().isFinal())
        .toList();
  }
}
