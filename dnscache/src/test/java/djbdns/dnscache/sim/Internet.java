package djbdns.dnscache.sim;

import djbdns.client.ServerAddress;
import djbdns.dnscache.resolve.policy.ConfiguredZone;
import djbdns.dnscache.resolve.policy.ConfiguredZones;
import djbdns.wire.Name;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All zones and servers.
 *
 * @param sites by apex; the root's is there
 * @param calm whether no packet is lost, so that healthy servers leave no excuse
 * @param ipv4 whether the resolver's host has IPv4
 * @param ipv6 whether the resolver's host has IPv6
 * @param realRoots whether the root servers have the addresses that every resolver knows
 * @param forwarded zones that files give to forwarders
 * @param turns what is to happen between questions, one after the other
 */
record Internet(
    SimClock clock,
    SimNetwork network,
    Map<Name, Site> sites,
    boolean calm,
    boolean ipv4,
    boolean ipv6,
    boolean realRoots,
    List<ConfiguredZone> forwarded,
    Deque<Turn> turns) {

  Site root() {
    return sites.get(Name.ROOT);
  }

  /** What the directory {@code servers} says. */
  ConfiguredZones configuredZones() {
    List<ConfiguredZone> zones = new ArrayList<>(forwarded);
    if (!realRoots) {
      List<ServerAddress> addresses = new ArrayList<>();
      root().servers().forEach(server -> addresses.addAll(server.addresses()));
      zones.add(new ConfiguredZone(Name.ROOT, ConfiguredZone.Mode.ITERATE, addresses));
    }
    return new ConfiguredZones(zones);
  }

  /** The site that really has a name: the deepest one above it. */
  Site siteOf(Name name) {
    for (Name at = name; ; at = at.parent()) {
      Site site = sites.get(at);
      if (site != null) {
        return site;
      }
    }
  }

  /** The site of this name, if there is one. */
  Optional<Site> site(Name apex) {
    return Optional.ofNullable(sites.get(apex));
  }

  List<Site> trustedSites() {
    return sites.values().stream().filter(Site::isTrusted).toList();
  }
}
