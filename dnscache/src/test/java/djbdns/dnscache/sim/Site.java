package djbdns.dnscache.sim;

import djbdns.client.ServerAddress;
import djbdns.wire.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A zone in its place: who serves it, who its parent is, and what can be expected of it. */
final class Site {
  /** Longest way from host to host that is looked at; longer ones are cycles. */
  private static final int MOST_HOSTS = 8;

  private final SimZone zone;
  private final Optional<Site> parent;
  private final int depth;
  private final List<SimServer> servers = new ArrayList<>();

  /** The sites in which its servers have their names, itself not counted. */
  private final List<Site> hosts = new ArrayList<>();

  /** Servers whose addresses are to be found out first, one after the other. */
  private int gluelessness;

  /** Those whom a file names for it; empty if none does. */
  private List<SimServer> forwarders = List.of();

  /** If its forwarders fail, its servers are asked. */
  private boolean forwardsFirst;

  private long movedNs = Long.MIN_VALUE;
  private boolean odd;
  private boolean broken;
  private boolean liesThemselves;
  private Optional<Boolean> trust = Optional.empty();
  private int serversNamed;

  Site(SimZone zone, Optional<Site> parent) {
    this.zone = zone;
    this.parent = parent;
    this.depth = parent.map(up -> up.depth + 1).orElse(0);
  }

  SimZone zone() {
    return zone;
  }

  Name apex() {
    return zone.apex();
  }

  Optional<Site> parent() {
    return parent;
  }

  int depth() {
    return depth;
  }

  List<SimServer> servers() {
    return servers;
  }

  /** True if one of its servers behaves so. */
  boolean has(Behaviour behaviour) {
    return servers.stream().anyMatch(server -> server.behaviour().equals(behaviour));
  }

  /** True if all of its servers behave so. */
  boolean hasOnly(Behaviour behaviour) {
    return !servers.isEmpty()
        && servers.stream().allMatch(server -> server.behaviour().equals(behaviour));
  }

  List<Site> hosts() {
    return hosts;
  }

  int gluelessness() {
    return gluelessness;
  }

  void gluelessness(int newGluelessness) {
    gluelessness = Math.max(gluelessness, newGluelessness);
  }

  /** A name for one more server. */
  Name nextServerName() {
    return Names.child("ns" + ++serversNamed, apex());
  }

  /** Adds the addresses of a server, by its name, to the zone. */
  void addAddressesOf(SimServer server, long ttlSeconds) {
    for (ServerAddress address : server.addresses()) {
      zone.add(Records.address(server.name(), ttlSeconds, address));
    }
  }

  List<SimServer> forwarders() {
    return forwarders;
  }

  boolean forwardsFirst() {
    return forwardsFirst;
  }

  /** A file gives the zone to forwarders. */
  void forward(List<SimServer> newForwarders, boolean first) {
    forwarders = List.copyOf(newForwarders);
    forwardsFirst = first;
  }

  /** When it moved from one server to another; long ago if it did not. */
  long movedNs() {
    return movedNs;
  }

  void moved(long nowNs) {
    movedNs = nowNs;
  }

  /** True if something is odd about it that a good resolver lives with. */
  boolean isOdd() {
    return odd;
  }

  void markOdd() {
    odd = true;
  }

  /** True if a way leads there from the root. */
  boolean isDelegated() {
    return parent
        .map(up -> up.zone.at(apex()).containsKey(Records.NS) && up.isDelegated())
        .orElse(true);
  }

  /** Its delegation cannot work: a cycle, a private address, an alias. */
  void breakIt() {
    broken = true;
  }

  /** Its servers may say whatever they want of it. */
  void distrust() {
    liesThemselves = true;
  }

  /**
   * True if what it says must be what its zone says, and so with everything it depends on. Found
   * out once: call it when all zones and servers are there.
   */
  boolean isTrusted() {
    if (trust.isEmpty()) {
      trust = Optional.of(isTrusted(MOST_HOSTS));
    }
    return trust.get();
  }

  private boolean isTrusted(int depthLeft) {
    return !liesThemselves
        && parent.map(up -> up.isTrusted(depthLeft)).orElse(true)
        && (depthLeft == 0 || hosts.stream().allMatch(host -> host.isTrusted(depthLeft - 1)));
  }

  /** True if questions about it must be answered. */
  boolean isHealthy() {
    return isHealthy(MOST_HOSTS);
  }

  private boolean isHealthy(int depthLeft) {
    return !broken
        && depthLeft > 0
        && servers.stream().allMatch(server -> server.behaviour().isHealthy())
        && parent.map(Site::isHealthy).orElse(true)
        && hosts.stream().allMatch(host -> host.isHealthy(depthLeft - 1));
  }

  /** True if everything on the way to its servers is well, whatever they are themselves. */
  boolean isWayHealthy() {
    return !broken
        && parent.map(Site::isHealthy).orElse(true)
        && hosts.stream().allMatch(host -> host.isHealthy(MOST_HOSTS));
  }

  /** True if there is a way to one good server at least. */
  boolean isReachable() {
    return isReachable(MOST_HOSTS);
  }

  private boolean isReachable(int depthLeft) {
    return !broken
        && depthLeft > 0
        && servers.stream().anyMatch(server -> server.behaviour().isHealthy())
        && parent.map(Site::isReachable).orElse(true)
        && hosts.stream().allMatch(host -> host.isReachable(depthLeft - 1));
  }

  @Override
  public String toString() {
    return apex() + " " + servers;
  }
}
