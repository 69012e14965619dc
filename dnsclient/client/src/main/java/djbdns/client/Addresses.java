package djbdns.client;

import djbdns.wire.Name;
import java.net.InetAddress;
import java.util.List;

/**
 * The addresses of a host.
 *
 * @param name the one asked for
 * @param canonicalName the end of its chain of aliases, or the same name
 * @param ttlSeconds how long all of this may be remembered
 * @param addresses at least one; IPv6 first, each kind in the order in which the server gave it
 */
public record Addresses(
    Name name, Name canonicalName, long ttlSeconds, List<InetAddress> addresses) {
  public Addresses {
    addresses = List.copyOf(addresses);
  }
}
