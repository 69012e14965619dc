package djbdns.dnscache.resolve;

import djbdns.client.ServerAddress;
import djbdns.wire.MalformedTextException;
import djbdns.wire.Name;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the root is served, for the first question (RFC 9609, 2): the file {@code named.root} of
 * IANA as of 2026.
 */
public final class RootHints {
  /** The first label of a name, its IPv4 address, its IPv6 address. */
  private static final String[][] SERVERS = {
    {"a", "198.41.0.4", "2001:503:ba3e::2:30"},
    {"b", "170.247.170.2", "2801:1b8:10::b"},
    {"c", "192.33.4.12", "2001:500:2::c"},
    {"d", "199.7.91.13", "2001:500:2d::d"},
    {"e", "192.203.230.10", "2001:500:a8::e"},
    {"f", "192.5.5.241", "2001:500:2f::f"},
    {"g", "192.112.36.4", "2001:500:12::d0d"},
    {"h", "198.97.190.53", "2001:500:1::53"},
    {"i", "192.36.148.17", "2001:7fe::53"},
    {"j", "192.58.128.30", "2001:503:c27::2:30"},
    {"k", "193.0.14.129", "2001:7fd::1"},
    {"l", "199.7.83.42", "2001:500:9f::42"},
    {"m", "202.12.27.33", "2001:dc3::35"}
  };

  private RootHints() {}

  /** The root servers, their addresses as far as they may be asked; it never expires. */
  public static Delegation delegation(AddressPolicy policy) {
    List<Delegation.NameServer> servers = new ArrayList<>(SERVERS.length);
    for (String[] server : SERVERS) {
      List<ServerAddress> addresses = new ArrayList<>();
      for (int i = 1; i < server.length; i++) {
        ServerAddress.parse(server[i]).filter(policy::mayAsk).ifPresent(addresses::add);
      }
      servers.add(new Delegation.NameServer(name(server[0]), addresses));
    }
    return new Delegation(Name.ROOT, servers, Delegation.NEVER);
  }

  /** The addresses as text, all IPv4 ones before all IPv6 ones. */
  public static List<String> addresses() {
    List<String> addresses = new ArrayList<>();
    for (int family = 1; family <= 2; family++) {
      for (String[] server : SERVERS) {
        addresses.add(server[family]);
      }
    }
    return addresses;
  }

  private static Name name(String label) {
    try {
      return Name.parse(label + ".root-servers.net");
    } catch (MalformedTextException e) {
      throw new AssertionError("a constant", e);
    }
  }
}
