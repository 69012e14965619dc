package djbdns.dnscache.sim;

import djbdns.wire.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Adds zones that cannot work, or that make work for others. */
final class TroubleMaker {
  private final SplittableRandom random;
  private final InternetGenerator internet;

  TroubleMaker(SplittableRandom random, InternetGenerator internet) {
    this.random = random;
    this.internet = internet;
  }

  void makeTrouble() {
    if (random.nextBoolean()) {
      makeAliasChains();
    }
    if (random.nextInt(3) == 0) {
      makeCycle();
    }
    if (random.nextInt(3) == 0) {
      makeManyServers();
    }
    if (random.nextInt(3) == 0) {
      makeAliasedServer();
    }
    if (random.nextInt(3) == 0) {
      makeUnusableGlue();
    }
  }

  private Site newSite(String label) {
    Site top = internet.pick(site -> site.depth() == 1);
    return internet.newSite(top, Names.child(label, top.apex()));
  }

  private static Name www(Site site) {
    return Names.child("www", site.apex());
  }

  /** A loop of aliases, and a chain of many. */
  private void makeAliasChains() {
    Site site = newSite("chain");
    internet.addOwnServer(site, new Behaviour.Correct());
    internet.delegate(site);
    int length = 2 + random.nextInt(30);
    for (int i = 0; i < length; i++) {
      addAlias(site, "c" + i, "c" + (i + 1));
      addAlias(site, "l" + i, "l" + (i + 1) % length);
    }
  }

  private static void addAlias(Site site, String from, String to) {
    Name owner = Names.child(from, site.apex());
    List<Name> target = List.of(Names.child(to, site.apex()));
    site.zone().add(Records.names(owner, Records.CNAME, 60, target));
  }

  /** Two zones whose servers have their names in the other (TsuNAME). */
  private void makeCycle() {
    Site one = newSite("cycle1");
    Site other = newSite("cycle2");
    nameServers(one, List.of(Names.child("ns", other.apex())));
    nameServers(other, List.of(Names.child("ns", one.apex())));
  }

  /** A zone with very many servers that do not exist (NXNSAttack). */
  private void makeManyServers() {
    Site victim = internet.pick(site -> site.depth() > 0);
    List<Name> names = new ArrayList<>();
    for (int i = 20 + random.nextInt(60); i > 0; i--) {
      names.add(Names.child("none" + i, victim.apex()));
    }
    nameServers(newSite("many"), names);
  }

  /** A server name that is an alias (forbidden by RFC 2181, 10.3). */
  private void makeAliasedServer() {
    Site site = newSite("aliased");
    Site home = internet.pick(other -> other.depth() > 0 && other != site);
    SimServer server = internet.addOwnServer(home, new Behaviour.Correct());
    home.servers().removeLast();
    Name alias = Names.child("alias", home.apex());
    home.zone().add(Records.names(alias, Records.CNAME, 300, List.of(server.name())));
    server.serve(site.zone());
    nameServers(site, List.of(alias));
  }

  /** A server at an address where nobody may be asked. */
  private void makeUnusableGlue() {
    Site site = newSite("nowhere");
    Name server = Names.child("ns", site.apex());
    Optional<Site> parent = site.parent();
    for (int i = 0; i < 3; i++) {
      parent
          .orElseThrow()
          .zone()
          .addGlue(Records.address(server, 3600, ZoneFiller.unusable(random.nextInt(6))));
    }
    nameServers(site, List.of(server));
  }

  private static void nameServers(Site site, List<Name> servers) {
    Records records = Records.names(site.apex(), Records.NS, 3600, servers);
    site.parent().orElseThrow().zone().add(records);
    site.zone().add(records);
    site.zone().add(Records.address(www(site), 60, ZoneFiller.unusable(2)));
    site.breakIt();
  }
}
