package djbdns.dnscache.sim;

import djbdns.client.ServerAddress;
import djbdns.dnscache.resolve.policy.ConfiguredZone;
import djbdns.wire.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Adds zones of which one thing is odd each: a server, or the way that leads to it. All else about
 * them is well, so that an answer is possible, and {@link Possibility} says to which questions.
 */
final class OddSites {
  /** Deepest that looking up a server to look up a server has to work. */
  private static final int DEEPEST = 7;

  private final SplittableRandom random;
  private final InternetGenerator internet;
  private final BehaviourGenerator behaviours;
  private final OddZoneFiller filler;
  private final List<Turn> turns = new ArrayList<>();
  private final List<ConfiguredZone> forwarded = new ArrayList<>();
  private int made;

  OddSites(SplittableRandom random, InternetGenerator internet, BehaviourGenerator behaviours) {
    this.random = random;
    this.internet = internet;
    this.behaviours = behaviours;
    filler = new OddZoneFiller(random.split());
  }

  /** What is to happen while the resolver is at work. */
  List<Turn> turns() {
    return turns;
  }

  /** What the directory {@code servers} says. */
  List<ConfiguredZone> forwarded() {
    return forwarded;
  }

  void make() {
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      makeOne();
    }
  }

  private void makeOne() {
    switch (random.nextInt(26)) {
      case 0 -> makeStaleGlue();
      case 1 -> makeWrongAddressInChild();
      case 2 -> makeMissingServerInChild();
      case 3 -> makeMissingServers();
      case 4 -> makeIpv6Servers();
      case 5 -> makeAliasedServer();
      case 6 -> makeDeepGluelessness();
      case 7 -> makeLoopBeside();
      case 8, 9 -> makeMove();
      case 10, 11 -> makeForwarded();
      case 12 -> {
        if (random.nextInt(4) == 0) {
          makeMany();
        }
      }
      default -> makeOddServer();
    }
  }

  /** A zone that is odd, and has no servers yet. */
  private Site newSite(Site top, String label) {
    Site site = internet.newSite(top, Names.child(label + ++made, top.apex()));
    site.markOdd();
    filler.fill(site);
    return site;
  }

  private Site pickTop() {
    return internet.pick(site -> site.depth() == 1);
  }

  private Site newSite(String label) {
    return newSite(pickTop(), label);
  }

  /** A zone as all should be. */
  private Site newHost(Site top) {
    Site host = newSite(top, "host");
    internet.addOwnServer(host, new Behaviour.Correct());
    internet.delegate(host);
    return host;
  }

  /** A server for a site with its name in another. */
  private SimServer addHostedServer(Site site, Site host) {
    SimServer server = newServer(host.nextServerName(), new Behaviour.Correct());
    host.addAddressesOf(server, 3600);
    site.servers().add(server);
    site.hosts().add(host);
    return server;
  }

  private SimServer newServer(Name name, Behaviour behaviour) {
    return internet.newServer(name, internet.newAddresses(), behaviour);
  }

  /** A server that is no good, where somebody expects another. */
  private SimServer newDecoy(Name name) {
    return newServer(
        name,
        switch (random.nextInt(4)) {
          case 0 -> new Behaviour.PortClosed();
          case 1 -> new Behaviour.Lame(Behaviour.Excuse.REFUSED);
          case 2 -> new Behaviour.Lame(Behaviour.Excuse.SERVFAIL);
          default -> new Behaviour.Dead();
        });
  }

  private static List<Name> serverNames(Site site) {
    return site.servers().stream().map(SimServer::name).toList();
  }

  /** Parent and child name the servers, and there is no glue. */
  private static void delegate(Site site, List<Name> names) {
    delegate(site, names, names);
  }

  private static void delegate(Site site, List<Name> names, List<Name> namesInChild) {
    SimZone parent = site.parent().orElseThrow().zone();
    parent.add(Records.names(site.apex(), Records.NS, 3600, names));
    site.zone().add(Records.names(site.apex(), Records.NS, 3600, namesInChild));
    site.servers().forEach(server -> server.serve(site.zone()));
  }

  private static void addGlue(Site site, Name name, SimServer at) {
    SimZone parent = site.parent().orElseThrow().zone();
    at.addresses().forEach(address -> parent.addGlue(Records.address(name, 3600, address)));
  }

  /** Alone, with another like it, or with a good one; at once or after a good start. */
  private void makeOddServer() {
    Site site = newSite("odd");
    Behaviour odd = behaviours.odd();
    addTurning(site, odd);
    switch (random.nextInt(4)) {
      case 0 -> addTurning(site, odd);
      case 1 -> internet.addOwnServer(site, new Behaviour.Correct());
      default -> {}
    }
    internet.delegate(site);
  }

  private void addTurning(Site site, Behaviour odd) {
    boolean later = random.nextInt(3) == 0;
    SimServer server = internet.addOwnServer(site, later ? new Behaviour.Correct() : odd);
    if (later) {
      turns.add((oracle, clock) -> server.behaviour(odd));
    }
  }

  /** The parent still has an old address of a server in another zone of its own. */
  private void makeStaleGlue() {
    Site top = pickTop();
    Site host = newHost(top);
    Site site = newSite(top, "stale");
    SimServer server = addHostedServer(site, host);
    delegate(site, serverNames(site));
    addGlue(site, server.name(), newDecoy(server.name()));
  }

  /** The child has a wrong address of its own server; the parent's glue is right. */
  private void makeWrongAddressInChild() {
    Site site = newSite("wrong");
    SimServer server = newServer(site.nextServerName(), new Behaviour.Correct());
    site.servers().add(server);
    site.addAddressesOf(newDecoy(server.name()), 3600);
    delegate(site, serverNames(site));
    addGlue(site, server.name(), server);
  }

  /** The child names one server more than the parent, and there is none of that name. */
  private void makeMissingServerInChild() {
    Site site = newSite("excess");
    SimServer server = internet.addOwnServer(site, new Behaviour.Correct());
    List<Name> names = List.of(server.name());
    delegate(site, names, List.of(server.name(), Names.child("nobody", site.apex())));
    addGlue(site, server.name(), server);
  }

  /** Of several servers only one exists; of the others not even the name, or no address. */
  private void makeMissingServers() {
    Site host = newHost(pickTop());
    Site site = newSite("missing");
    addHostedServer(site, host);
    List<Name> names = new ArrayList<>(serverNames(site));
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      Name missing = Names.child("nobody" + i, host.apex());
      if (random.nextInt(4) == 0) {
        host.zone().add(Records.text(missing, 3600, "no address"));
      }
      names.add(random.nextInt(names.size() + 1), missing);
    }
    delegate(site, names);
  }

  /** No server has an IPv4 address, and none has glue. */
  private void makeIpv6Servers() {
    if (!internet.hasIpv6()) {
      return;
    }
    Site host = newHost(pickTop());
    Site site = newSite("ipv6");
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      List<ServerAddress> ipv6 =
          internet.newAddressesOfBothFamilies().stream().filter(ServerAddress::isIpv6).toList();
      SimServer server = internet.newServer(host.nextServerName(), ipv6, new Behaviour.Correct());
      host.addAddressesOf(server, 3600);
      site.servers().add(server);
    }
    site.hosts().add(host);
    delegate(site, serverNames(site));
  }

  /** The only server's name is an alias (forbidden by RFC 2181, 10.3). */
  private void makeAliasedServer() {
    Site host = newHost(pickTop());
    Site site = newSite("alias");
    SimServer server = addHostedServer(site, host);
    Name alias = Names.child("alias" + made, host.apex());
    host.zone().add(Records.names(alias, Records.CNAME, 3600, List.of(server.name())));
    delegate(site, List.of(alias));
  }

  /** A server whose address only another server knows, whose address only another, and so on. */
  private void makeDeepGluelessness() {
    Site host = newHost(pickTop());
    for (int i = 1 + random.nextInt(DEEPEST); i > 0; i--) {
      Site site = newSite("deep");
      addHostedServer(site, host);
      delegate(site, serverNames(site));
      host = site;
    }
  }

  /** Two zones that need each other, of which one has another way as well. */
  private void makeLoopBeside() {
    Site host = newHost(pickTop());
    Site one = newSite("loop");
    Site other = newSite("loop");
    addHostedServer(one, other);
    SimServer looping = newServer(one.nextServerName(), new Behaviour.Correct());
    one.addAddressesOf(looping, 3600);
    looping.serve(other.zone());
    SimServer beside = addHostedServer(other, host);
    delegate(one, serverNames(one));
    delegate(other, List.of(looping.name(), beside.name()));
  }

  /** The zone moves to another server; the old one refuses, or is not there any more. */
  private void makeMove() {
    Site site = newSite("move");
    SimServer old = internet.addOwnServer(site, new Behaviour.Correct());
    internet.delegate(site);
    boolean renumbered = random.nextBoolean();
    Name name = renumbered ? old.name() : site.nextServerName();
    SimServer young = newServer(name, new Behaviour.Correct());
    Behaviour refusal = newDecoy(old.name()).behaviour();
    turns.add((oracle, clock) -> {
      oracle.beforeChange(site.zone());
      oracle.beforeChange(site.parent().orElseThrow().zone());
      site.zone().remove(old.name());
      site.parent().orElseThrow().zone().removeGlue(old.name());
      old.behaviour(refusal);
      site.servers().clear();
      site.servers().add(young);
      site.addAddressesOf(young, 3600);
      delegate(site, List.of(name));
      addGlue(site, name, young);
      site.moved(clock.nanoTime());
    });
  }

  /** A zone that a file gives to forwarders, one of which does not understand its task. */
  private void makeForwarded() {
    Site site = newSite("forward");
    internet.addOwnServer(site, new Behaviour.Correct());
    internet.delegate(site);
    List<SimServer> forwarders = new ArrayList<>();
    addForwarder(forwarders, site, new Oddity.Referring(random.nextBoolean()));
    if (random.nextBoolean()) {
      addForwarder(forwarders, site, new Oddity.Caching());
    }
    boolean first = random.nextBoolean();
    List<ServerAddress> addresses =
        forwarders.stream().flatMap(server -> server.addresses().stream()).toList();
    forwarded.add(
        new ConfiguredZone(
            site.apex(),
            first ? ConfiguredZone.Mode.FORWARD_FIRST : ConfiguredZone.Mode.FORWARD,
            addresses));
    site.forward(forwarders, first);
  }

  private void addForwarder(List<SimServer> forwarders, Site site, Oddity oddity) {
    Name name = Names.child("forwarder" + forwarders.size(), site.apex());
    SimServer server = newServer(name, new Behaviour.Odd(oddity));
    server.serve(site.zone());
    server.serve(site.parent().orElseThrow().zone());
    forwarders.add(server);
  }

  /** Record sets that only TCP can carry, and few caches hold. */
  private void makeMany() {
    Site site = newSite("many");
    internet.addOwnServer(site, new Behaviour.Correct());
    internet.delegate(site);
    filler.fillWithMany(site);
  }
}
