package djbdns.dnscache.sim;

import djbdns.client.ServerAddress;
import djbdns.wire.Name;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Predicate;

/** Makes an internet from a seed: the same one each time. */
final class InternetGenerator {
  private static final int DEEPEST = 6;
  private static final int MOST_GLUELESS = 2;
  private static final List<String> TOP_LABELS = List.of("com", "net", "org", "de", "arpa", "xn");

  private final SplittableRandom random;
  private final long seed;
  private final int zoneCount;
  private final SimClock clock = new SimClock();
  private final ReplyComposer composer = new ReplyComposer();
  private final Map<Name, Site> sites = new LinkedHashMap<>();
  private final List<SimServer> servers = new ArrayList<>();
  private final BehaviourGenerator behaviours;
  private final ZoneFiller filler;
  private final boolean calm;
  private final boolean ipv4;
  private final boolean ipv6;
  private final boolean odd;
  private int lastAddress;

  /**
   * A generator for one internet.
   *
   * @param zoneCount zones, root and top level counted
   * @param odd whether there are odd servers as well; without them it is the same as it ever was
   */
  InternetGenerator(long seed, int zoneCount, boolean odd) {
    this.odd = odd;
    this.seed = seed;
    random = new SplittableRandom(seed);
    this.zoneCount = zoneCount;
    calm = random.nextInt(5) < 3;
    int families = random.nextInt(10);
    ipv4 = families != 0;
    ipv6 = families < 6;
    behaviours = new BehaviourGenerator(random.split(), random.nextInt(4) * 0.15, odd);
    filler = new ZoneFiller(random.split());
  }

  Internet generate() {
    boolean realRoots = ipv4 && random.nextInt(4) == 0;
    Site root = addRoot(realRoots);
    int tops = 2 + random.nextInt(TOP_LABELS.size() - 2);
    for (int i = 0; i < tops; i++) {
      addTop(root, TOP_LABELS.get(i));
    }
    while (sites.size() < zoneCount) {
      addZone("z" + sites.size());
    }
    new TroubleMaker(random.split(), this).makeTrouble();
    addLiars();
    filler.addAliases(List.copyOf(sites.values()));
    OddSites oddSites = new OddSites(new SplittableRandom(seed), this, behaviours);
    if (odd) {
      oddSites.make();
    }
    spreadLies();
    SimNetwork network = new SimNetwork(clock, random.split(), random.split());
    network.families(ipv4, ipv6);
    servers.forEach(server -> network.attach(server, link()));
    return new Internet(
        clock,
        network,
        sites,
        calm,
        ipv4,
        ipv6,
        realRoots,
        oddSites.forwarded(),
        new ArrayDeque<>(oddSites.turns()));
  }

  private Link link() {
    int latencyMs = 1 + random.nextInt(random.nextInt(4) == 0 ? 200 : 30);
    return calm
        ? new Link(latencyMs, random.nextInt(5), 0, random.nextInt(10) == 0 ? 0.1 : 0)
        : new Link(latencyMs, random.nextInt(60), random.nextDouble(0.25), random.nextDouble(0.1));
  }

  private Site addRoot(boolean realAddresses) {
    Site root = new Site(new SimZone(Name.ROOT, 86_400, 600), Optional.empty());
    sites.put(Name.ROOT, root);
    Name home = Names.of("root-servers.net");
    List<ServerAddress> hints = AddressPlan.rootHints();
    List<Name> names = new ArrayList<>();
    int count = 2 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      Name name = Names.child(String.valueOf((char) ('a' + i)), home);
      List<ServerAddress> addresses = newAddresses();
      if (realAddresses) {
        addresses = hints.subList(i * hints.size() / count, (i + 1) * hints.size() / count);
      }
      SimServer server = newServer(name, addresses, new Behaviour.Correct());
      addresses.forEach(address -> root.zone().addGlue(Records.address(name, 518_400, address)));
      root.servers().add(server);
      server.serve(root.zone());
      names.add(name);
    }
    root.zone().add(Records.names(Name.ROOT, Records.NS, 518_400, names));
    return root;
  }

  private void addTop(Site root, String label) {
    Site top = newSite(root, Names.child(label, Name.ROOT));
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      addOwnServer(top, behaviours.healthy());
    }
    delegate(top);
    filler.fill(top);
  }

  private void addZone(String label) {
    Site parent = pick(site -> site.depth() > 0 && site.depth() < DEEPEST);
    Name above = random.nextInt(6) == 0 ? Names.child("ent" + label, parent.apex()) : parent.apex();
    Site site = newSite(parent, Names.child(label, above));
    int choice = random.nextInt(100);
    if (choice < 10) {
      adoptServersOf(parent, site);
    } else {
      int count = 1 + random.nextInt(3);
      for (int i = 0; i < count; i++) {
        if (choice < 50 || (choice < 65 && i == 0)) {
          addOwnServer(site, behaviours.any());
        } else {
          addHostedServer(site);
        }
      }
    }
    delegate(site);
    filler.fill(site);
  }

  Site newSite(Site parent, Name apex) {
    int minimum = random.nextInt(4) == 0 ? 0 : 1 + random.nextInt(600);
    Site site = new Site(new SimZone(apex, filler.ttlSeconds(), minimum), Optional.of(parent));
    sites.put(apex, site);
    return site;
  }

  private static void adoptServersOf(Site parent, Site site) {
    site.servers().addAll(parent.servers());
    site.hosts().addAll(parent.hosts());
    site.gluelessness(parent.gluelessness());
  }

  /** Adds a server whose name is in the zone itself. */
  SimServer addOwnServer(Site site, Behaviour behaviour) {
    SimServer server = newServer(site.nextServerName(), newAddresses(), behaviour);
    site.servers().add(server);
    site.addAddressesOf(server, filler.ttlSeconds());
    return server;
  }

  /** Adds a server whose name is in another zone, which has to be asked for its address. */
  private void addHostedServer(Site site) {
    Site host =
        pick(candidate ->
            candidate != site
                && candidate.gluelessness() < MOST_GLUELESS
                && !candidate.apex().isRoot()
                && !candidate.apex().isWithin(site.apex()));
    SimServer server = newServer(host.nextServerName(), newAddresses(), behaviours.any());
    host.addAddressesOf(server, filler.ttlSeconds());
    site.servers().add(server);
    site.hosts().add(host);
    site.gluelessness(host.gluelessness() + 1);
  }

  /** Has the parent name the site's servers, and the servers serve it. */
  void delegate(Site site) {
    SimZone parent = site.parent().orElseThrow().zone();
    List<Name> names = site.servers().stream().map(SimServer::name).distinct().toList();
    parent.add(Records.names(site.apex(), Records.NS, delegationTtlSeconds(), names));
    site.zone().add(Records.names(site.apex(), Records.NS, delegationTtlSeconds(), names));
    for (SimServer server : site.servers()) {
      server.serve(site.zone());
      boolean sibling = server.name().isWithin(parent.apex()) && random.nextBoolean();
      if (parent.glueOf(server.name()).isEmpty()
          && (server.name().isWithin(site.apex()) || sibling)) {
        server
            .addresses()
            .forEach(address -> parent.addGlue(Records.address(server.name(), 86_400, address)));
      }
    }
  }

  private long delegationTtlSeconds() {
    return switch (random.nextInt(6)) {
      case 0 -> 5;
      case 1 -> 60;
      case 2, 3 -> 3600;
      default -> 172_800;
    };
  }

  SimServer newServer(Name name, List<ServerAddress> addresses, Behaviour behaviour) {
    SimServer server = new SimServer(name, addresses, behaviour, random.split(), composer);
    servers.add(server);
    return server;
  }

  List<ServerAddress> newAddresses() {
    return AddressPlan.addresses(++lastAddress, !ipv4 || random.nextInt(3) == 0);
  }

  List<ServerAddress> newAddressesOfBothFamilies() {
    return AddressPlan.addresses(++lastAddress, true);
  }

  /** True if the resolver's host has IPv6. */
  boolean hasIpv6() {
    return ipv6;
  }

  /** Some site that will do. */
  Site pick(Predicate<Site> suits) {
    List<Site> suitable = sites.values().stream().filter(suits).toList();
    return suitable.get(random.nextInt(suitable.size()));
  }

  private void addLiars() {
    for (int i = random.nextInt(3); i > 0; i--) {
      Site com = sites.get(Names.of("com"));
      Site site = newSite(com, Names.child("liar" + i, com.apex()));
      addOwnServer(site, new Behaviour.Lying());
      delegate(site);
      filler.fill(site);
    }
  }

  /** Finds out who cannot be believed, and tells the liars what is worth lying about. */
  private void spreadLies() {
    for (Site site : sites.values()) {
      for (SimServer server : site.servers()) {
        switch (server.behaviour()) {
          case Behaviour.Lying(), Behaviour.Garbling() -> site.distrust();
          default -> {}
        }
      }
    }
    newServer(Names.of("ns.poison.test"), Liar.ADDRESSES, new Behaviour.Lying());
    servers.forEach(this::teachToLie);
  }

  private void teachToLie(SimServer server) {
    if (!(server.behaviour() instanceof Behaviour.Lying)) {
      return;
    }
    List<Name> zones = new ArrayList<>();
    List<Name> names = new ArrayList<>();
    for (Site site : sites.values()) {
      if (site.isTrusted()) {
        zones.add(site.apex());
        names.addAll(site.zone().names());
      }
    }
    server.liar(new Liar(zones, names, random.split()));
  }
}
