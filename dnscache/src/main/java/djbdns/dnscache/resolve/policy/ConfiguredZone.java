package djbdns.dnscache.resolve.policy;

import djbdns.client.ServerAddress;
import djbdns.wire.Name;
import java.util.List;

/**
 * A file of the directory {@code servers}: who is to be asked about a name and everything below it.
 *
 * @param name the root for the file {@code @}
 * @param addresses in the file's order; none if the zone has no servers
 */
public record ConfiguredZone(Name name, Mode mode, List<ServerAddress> addresses) {
  /** The kind of the servers. */
  public enum Mode {
    /** Servers of the zone, asked with RD=0; delegations below it are followed. */
    ITERATE,
    /** Caches, asked with RD=1; nobody else is asked. */
    FORWARD,
    /** Caches, asked with RD=1; where they fail, the resolver finds out by itself. */
    FORWARD_FIRST
  }

  public ConfiguredZone {
    addresses = List.copyOf(addresses);
  }

  /** True if there is nobody to ask: every question has failed that the cache does not answer. */
  public boolean isUnserved() {
    return addresses.isEmpty() && mode != Mode.FORWARD_FIRST;
  }
}
