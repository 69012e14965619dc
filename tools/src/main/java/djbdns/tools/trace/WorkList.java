package djbdns.tools.trace;

import djbdns.client.ServerAddress;
import djbdns.wire.Bytes;
import djbdns.wire.Name;
import djbdns.wire.Question;
import djbdns.wire.RecordType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The original's plan (dnstrace.c): every question that comes up goes to every server of every zone
 * that it is in. New questions are the addresses of servers and the targets of aliases. Asks come
 * in the original's order if exchanges are taken in the order of their asks; those that are in the
 * list already depend on no exchange to come.
 */
public final class WorkList implements Plan {
  /** As a server of a zone; for the root servers at the start the root itself is the host. */
  private record Server(Name zone, Name host) {}

  private final boolean ipv6;
  private final Set<Question> questions = new LinkedHashSet<>();
  private final Set<Server> servers = new LinkedHashSet<>();
  private final Map<Name, Set<ServerAddress>> addresses = new HashMap<>();
  private final Set<Ask> known = new HashSet<>();
  private final List<Ask> asks = new ArrayList<>();
  private int given;

  /**
   * Starts with a question and the servers of the root.
   *
   * @param ipv6 whether to ask for IPv6 addresses of servers
   */
  public WorkList(Question question, List<ServerAddress> roots, boolean ipv6) {
    this.ipv6 = ipv6;
    add(question);
    add(new Server(Name.ROOT, Name.ROOT));
    for (ServerAddress root : roots) {
      add(Name.ROOT, root);
    }
  }

  @Override
  public Optional<Ask> next() {
    return given < asks.size() ? Optional.of(asks.get(given++)) : Optional.empty();
  }

  @Override
  public void take(Exchange exchange) {
    for (Event event : exchange.events()) {
      switch (event) {
        case Event.Ns ns -> add(new Server(ns.zone(), ns.host()));
        case Event.Address address -> add(address.host(), serverAt(address.address()));
        case Event.Alias alias ->
            add(new Question(alias.target(), exchange.ask().question().type()));
        default -> {
          // Nothing to ask anybody.
        }
      }
    }
  }

  static ServerAddress serverAt(Bytes address) {
    return new ServerAddress(address.toArray(), ServerAddress.DNS_PORT);
  }

  private void add(Question question) {
    if (questions.add(question)) {
      for (Server server : servers) {
        ask(question, server);
      }
    }
  }

  private void add(Server server) {
    if (servers.contains(server)) {
      return;
    }
    // Before the server counts: these questions are not yet asked of it.
    add(new Question(server.host(), RecordType.A));
    if (ipv6) {
      add(new Question(server.host(), RecordType.AAAA));
    }
    servers.add(server);
    for (Question question : questions) {
      ask(question, server);
    }
  }

  private void add(Name host, ServerAddress address) {
    if (!addresses.computeIfAbsent(host, _ -> new LinkedHashSet<>()).add(address)) {
      return;
    }
    for (Server server : servers) {
      if (server.host().equals(host)) {
        for (Question question : questions) {
          ask(question, server, address);
        }
      }
    }
  }

  private void ask(Question question, Server server) {
    for (ServerAddress address : addresses.getOrDefault(server.host(), Set.of())) {
      ask(question, server, address);
    }
  }

  /** Unless it is known, or not the server's business. */
  private void ask(Question question, Server server, ServerAddress address) {
    Ask ask = new Ask(question, server.zone(), address);
    // The root as a host stands for the servers given at the start.
    boolean wanted = question.name().isWithin(server.zone()) && !question.name().isRoot();
    if (wanted && known.add(ask)) {
      asks.add(ask);
    }
  }
}
