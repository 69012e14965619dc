package djbdns.dnscache.resolve.servers;

import djbdns.client.ServerAddress;
import java.util.List;

/**
 * Addresses of a zone's servers that may be asked.
 *
 * @param preferred how many from the start are to be asked before the others: those that the
 *     servers' own zones give, or nobody contradicts, rank above glue (RFC 2181, 5.4.1)
 */
public record ServerList(List<ServerAddress> addresses, int preferred) {
  public ServerList {
    addresses = List.copyOf(addresses);
  }

  /** Addresses of equal rank. */
  public static ServerList ofEquals(List<ServerAddress> addresses) {
    return new ServerList(addresses, addresses.size());
  }

  public int size() {
    return addresses.size();
  }
}
