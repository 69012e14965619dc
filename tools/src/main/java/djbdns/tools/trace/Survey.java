package djbdns.tools.trace;

import djbdns.client.ServerAddress;
import djbdns.wire.Name;
import djbdns.wire.Question;
import djbdns.wire.RecordType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The plan for a picture of one question. The question, and that for each alias it leads to, goes
 * to every server of every zone on the way; so does the question for the names of a zone's own
 * servers. Addresses of servers are asked of one server at a time, as a cache would. Learns in any
 * order.
 */
public final class Survey implements Plan {
  private static final int MAX_ALIASES = 16;

  private final boolean ipv6;
  private final int maxAsks;

  /** The question and those that aliases have led to. */
  private final Set<Question> questions = new LinkedHashSet<>();

  private final Map<Name, Set<Name>> hostsByZone = new LinkedHashMap<>();
  private final Map<Name, Set<ServerAddress>> addressesByHost = new LinkedHashMap<>();
  private final Map<Question, List<Exchange>> exchanges = new LinkedHashMap<>();
  private final Set<Ask> known = new HashSet<>();
  private final Set<Ask> underWay = new HashSet<>();
  private final Deque<Ask> ready = new ArrayDeque<>();
  private boolean cut;

  /**
   * Starts with a question and the servers of the root.
   *
   * @param ipv6 whether IPv6 addresses of servers are wanted
   * @param maxAsks nothing more is asked after so many
   */
  public Survey(Question question, List<ServerAddress> roots, boolean ipv6, int maxAsks) {
    this.ipv6 = ipv6;
    this.maxAsks = maxAsks;
    questions.add(question);
    hostsByZone.put(Name.ROOT, new LinkedHashSet<>(List.of(Name.ROOT)));
    addressesByHost.put(Name.ROOT, new LinkedHashSet<>(roots));
    expand();
  }

  @Override
  public Optional<Ask> next() {
    return Optional.ofNullable(ready.poll());
  }

  @Override
  public void take(Exchange exchange) {
    underWay.remove(exchange.ask());
    Question question = exchange.ask().question();
    exchanges.computeIfAbsent(question, _ -> new ArrayList<>()).add(exchange);
    for (Event event : exchange.events()) {
      switch (event) {
        case Event.Ns ns ->
            hostsByZone.computeIfAbsent(ns.zone(), _ -> new LinkedHashSet<>()).add(ns.host());
        case Event.Address address ->
            addressesByHost
                .computeIfAbsent(address.host(), _ -> new LinkedHashSet<>())
                .add(WorkList.serverAt(address.address()));
        case Event.Alias alias -> follow(question, alias.target());
        default -> {
          // Nothing to ask anybody.
        }
      }
    }
    expand();
  }

  private void follow(Question question, Name target) {
    if (questions.contains(question) && questions.size() <= MAX_ALIASES) {
      questions.add(new Question(target, question.type()));
    }
  }

  /** Asks whatever can be asked by what is known now. */
  private void expand() {
    Set<Name> path = new LinkedHashSet<>();
    for (Question question : questions) {
      for (Name zone : zonesAbove(question.name())) {
        path.add(zone);
        askAll(question, zone);
      }
    }
    for (Name zone : path) {
      if (!zone.isRoot()) {
        askAll(new Question(zone, RecordType.NS), zone);
      }
    }
    for (Name host : hostsToFind(path)) {
      askOne(new Question(host, RecordType.A));
      if (ipv6) {
        askOne(new Question(host, RecordType.AAAA));
      }
    }
  }

  /** The known zones that a name is in, the root first. */
  private List<Name> zonesAbove(Name name) {
    List<Name> zones = new ArrayList<>(hostsByZone.keySet());
    zones.removeIf(zone -> !name.isWithin(zone));
    zones.sort(Comparator.comparingInt(Name::labelCount));
    return zones;
  }

  /** All servers of the zones on the path, and of others those without an address. */
  private Set<Name> hostsToFind(Set<Name> path) {
    Set<Name> hosts = new LinkedHashSet<>();
    hostsByZone.forEach((zone, servers) -> {
      for (Name server : servers) {
        boolean known = addressesByHost.containsKey(server);
        if (!server.isRoot() && (!known || (path.contains(zone) && !zone.isRoot()))) {
          hosts.add(server);
        }
      }
    });
    return hosts;
  }

  private List<ServerAddress> addressesOf(Name zone) {
    List<ServerAddress> addresses = new ArrayList<>();
    for (Name host : hostsByZone.get(zone)) {
      addresses.addAll(addressesByHost.getOrDefault(host, Set.of()));
    }
    return addresses;
  }

  private void askAll(Question question, Name zone) {
    for (ServerAddress address : addressesOf(zone)) {
      ask(new Ask(question, zone, address));
    }
  }

  /** Asks one more server of the deepest zone that has one, unless somebody knows. */
  private void askOne(Question question) {
    List<Exchange> told = exchanges.getOrDefault(question, List.of());
    if (told.stream().anyMatch(Survey::isFinal)) {
      return;
    }
    for (Name zone : zonesAbove(question.name()).reversed()) {
      if (told.stream().anyMatch(one -> one.ask().zone().equals(zone) && isReferral(one))) {
        return;
      }
      for (ServerAddress address : addressesOf(zone)) {
        Ask ask = new Ask(question, zone, address);
        if (underWay.contains(ask) || ask(ask)) {
          return;
        }
      }
    }
  }

  private static boolean isReferral(Exchange exchange) {
    return exchange.has(Event.Referral.class);
  }

  private static boolean isFinal(Exchange exchange) {
    return exchange.isAuthoritative()
        && !isReferral(exchange)
        && !exchange.has(Event.Lame.class)
        && !exchange.has(Event.Unreadable.class);
  }

  /** False if this has been asked already. */
  private boolean ask(Ask ask) {
    if (known.contains(ask)) {
      return false;
    }
    if (known.size() == maxAsks) {
      cut = true;
      return false;
    }
    known.add(ask);
    ready.add(ask);
    underWay.add(ask);
    return true;
  }

  /** True if there was more to ask than may be. */
  public boolean isCut() {
    return cut;
  }
}
