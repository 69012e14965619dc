package djbdns.dnscache.resolve;

import djbdns.client.RootServers;
import djbdns.client.ServerAddress;
import djbdns.dnscache.resolve.policy.AddressPolicy;
import djbdns.dnscache.resolve.reply.Delegation;
import djbdns.wire.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The root servers that everybody knows, for the first question (RFC 9609, 2). */
public final class RootHints {
  private RootHints() {}

  /** The root servers, their addresses as far as they may be asked; it never expires. */
  public static Delegation delegation(AddressPolicy policy) {
    List<Delegation.NameServer> servers = new ArrayList<>();
    for (RootServers.Server server : RootServers.all()) {
      List<ServerAddress> addresses =
          Stream.of(server.ipv4(), server.ipv6()).filter(policy::mayAsk).toList();
      servers.add(new Delegation.NameServer(server.name(), addresses));
    }
    return new Delegation(Name.ROOT, servers, Delegation.ALWAYS, Delegation.NEVER);
  }

  /** The addresses as text, all IPv4 ones before all IPv6 ones. */
  public static List<String> addresses() {
    List<RootServers.Server> servers = RootServers.all();
    return Stream.concat(
            servers.stream().map(RootServers.Server::ipv4),
            servers.stream().map(RootServers.Server::ipv6))
        .map(ServerAddress::toString)
        .toList();
  }
}
