package djbdns.dnscache.sim;

import djbdns.client.ServerAddress;
import djbdns.wire.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Puts records into zones. */
final class ZoneFiller {
  private static final long[] TTLS = {
    0, 1, 5, 30, 300, 300, 3600, 3600, 86_400, 86_400, 1_000_000, 0x7fffffffL, 0x80000001L
  };

  private final SplittableRandom random;
  private int lastAddress = 0x28000000;

  ZoneFiller(SplittableRandom random) {
    this.random = random;
  }

  /** A TTL; some are nothing, some are years. */
  long ttlSeconds() {
    return TTLS[random.nextInt(TTLS.length)];
  }

  void fill(Site site) {
    SimZone zone = site.zone();
    Name apex = zone.apex();
    add(zone, addresses(Names.child("www", apex)));
    for (int i = random.nextInt(4); i > 0; i--) {
      Name owner = Names.child("h" + i, random.nextInt(4) == 0 ? Names.child("e", apex) : apex);
      switch (random.nextInt(6)) {
        case 0 -> add(zone, bigText(owner));
        case 1 -> add(zone, Records.text(owner, ttlSeconds(), "of " + owner));
        case 2 -> add(zone, addresses(Names.child("*", owner)));
        case 3 -> add(zone, mail(owner, Names.child("www", apex)));
        default -> add(zone, addresses(owner));
      }
    }
    if (random.nextInt(3) == 0) {
      alias(zone, Names.child("here", apex), Names.child("www", apex));
    }
  }

  /** Adds aliases from some zones into others. */
  void addAliases(List<Site> sites) {
    for (Site site : sites) {
      if (site.apex().isRoot() || random.nextInt(3) != 0) {
        continue;
      }
      Name target = sites.get(random.nextInt(sites.size())).apex();
      if (random.nextInt(3) == 0) {
        Name owner = Names.child("moved", site.apex());
        site.zone().add(Records.names(owner, Records.DNAME, ttlSeconds(), List.of(target)));
      } else {
        alias(site.zone(), Names.child("there", site.apex()), Names.child("www", target));
      }
    }
  }

  private void alias(SimZone zone, Name owner, Name target) {
    zone.add(Records.names(owner, Records.CNAME, ttlSeconds(), List.of(target)));
  }

  private static void add(SimZone zone, Records records) {
    zone.add(records);
  }

  /** Addresses that nobody has. */
  Records addresses(Name owner) {
    List<byte[]> data = new ArrayList<>();
    for (int i = random.nextInt(4); i >= 0; i--) {
      int number = ++lastAddress;
      data.add(
          new byte[] {
            (byte) (number >> 24), (byte) (number >> 16), (byte) (number >> 8), (byte) number
          });
    }
    return new Records(owner, Records.A, ttlSeconds(), data);
  }

  /** More than one datagram holds. */
  private Records bigText(Name owner) {
    List<byte[]> data = new ArrayList<>();
    for (int i = 6 + random.nextInt(20); i > 0; i--) {
      byte[] text = new byte[100];
      text[0] = 99;
      text[1] = (byte) i;
      data.add(text);
    }
    return new Records(owner, Records.TXT, ttlSeconds(), data);
  }

  private Records mail(Name owner, Name exchanger) {
    byte[] data = new byte[2 + exchanger.length()];
    data[1] = 10;
    exchanger.copyTo(data, 2);
    return new Records(owner, Records.MX, ttlSeconds(), List.of(data));
  }

  /** Private and worse addresses, at which nobody is. */
  static ServerAddress unusable(int index) {
    String[] addresses = {"127.0.0.1", "0.0.0.0", "10.1.2.3", "::", "::1", "224.0.0.1"};
    return ServerAddress.parse(addresses[index % addresses.length]).orElseThrow();
  }
}
