package djbdns.tools;

import djbdns.client.RootServers;
import djbdns.client.ServerAddress;
import djbdns.client.Settings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The servers of the root that this host knows, where none are given. */
final class TraceRoots {
  /** Servers of the root in place of the world's, one on a line, as dnscache-conf has it. */
  static final String LOCAL = "/etc/dnsroots.local";

  private TraceRoots() {}

  /**
   * Those in {@link #LOCAL}, else the world's.
   *
   * @param ipv6 whether IPv6 addresses are wanted
   */
  static List<ServerAddress> of(Settings settings, boolean ipv6) throws IOException {
    Optional<String> local = settings.file(LOCAL);
    List<ServerAddress> roots = new ArrayList<>();
    if (local.isPresent()) {
      local.get().lines().forEach(line -> ServerAddress.parse(line.strip()).ifPresent(roots::add));
    } else {
      RootServers.all().forEach(server -> roots.add(server.ipv4()));
      RootServers.all().forEach(server -> roots.add(server.ipv6()));
    }
    roots.removeIf(root -> root.isIpv6() && !ipv6);
    return roots;
  }
}
