package djbdns.client;

import djbdns.wire.MalformedTextException;
import djbdns.wire.Name;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the root is served, for the first question (RFC 9609, 2): the file {@code named.root} of
 * IANA as of 2026.
 */
public final class RootServers {
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

  /** A server of the root. */
  public record Server(Name name, ServerAddress ipv4, ServerAddress ipv6) {}

  private RootServers() {}

  /** All of them, in the order of their names. */
  public static List<Server> all() {
    List<Server> servers = new ArrayList<>(SERVERS.length);
    for (String[] server : SERVERS) {
      servers.add(new Server(name(server[0]), address(server[1]), address(server[2])));
    }
    return servers;
  }

  private static ServerAddress address(String text) {
    return ServerAddress.parse(text).orElseThrow();
  }

  private static Name name(String label) {
    try {
      return Name.parse(label + ".root-servers.net");
    } catch (MalformedTextException e) {
      throw new AssertionError("a constant", e);
    }
  }
}
