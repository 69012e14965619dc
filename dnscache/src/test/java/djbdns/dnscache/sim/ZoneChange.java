package djbdns.dnscache.sim;

import djbdns.wire.Name;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** A change to some zone: new addresses, a new name, a name or a whole zone less. */
final class ZoneChange {
  private final SplittableRandom random;
  private final Internet internet;
  private final Oracle oracle;

  ZoneChange(SplittableRandom random, Internet internet, Oracle oracle) {
    this.random = random;
    this.internet = internet;
    this.oracle = oracle;
  }

  void make() {
    List<Site> sites =
        internet.trustedSites().stream()
            .filter(site -> site.depth() > 0 && site.isDelegated() && !site.isOdd())
            .toList();
    Site site = sites.get(random.nextInt(sites.size()));
    SimZone zone = site.zone();
    Name www = Names.child("www", zone.apex());
    switch (random.nextInt(4)) {
      case 0 -> {
        oracle.beforeChange(zone);
        zone.remove(www);
      }
      case 1 -> withdraw(site);
      default -> {
        oracle.beforeChange(zone);
        zone.add(new ZoneFiller(random.split()).addresses(www));
      }
    }
  }

  /** Its servers go on as if nothing had happened: a ghost domain. */
  private void withdraw(Site site) {
    Site above = site.parent().orElseThrow();
    if (site.servers().stream().anyMatch(above.servers()::contains)) {
      // Asked as servers of the parent, they would still answer for the child.
      return;
    }
    SimZone parent = above.zone();
    Map<Integer, Records> cut = parent.at(site.apex());
    if (site.depth() > 1 && cut.containsKey(Records.NS)) {
      oracle.beforeWithdrawal(parent, cut.get(Records.NS).ttlSeconds());
      parent.remove(site.apex());
      breakDependents(site.apex());
    }
  }

  /** Zones whose servers had their names in there cannot be found any more. */
  private void breakDependents(Name gone) {
    for (Site site : internet.sites().values()) {
      if (site.hosts().stream().anyMatch(host -> host.apex().isWithin(gone))) {
        site.breakIt();
      }
    }
  }
}
