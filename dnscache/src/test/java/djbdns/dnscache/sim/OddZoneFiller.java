package djbdns.dnscache.sim;

import djbdns.wire.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Puts records into the zones of odd servers: what such servers have been seen to fail with. */
final class OddZoneFiller {
  private static final long[] TTLS = {0, 5, 60, 3600, 86_400};

  /** One record less than a message over TCP has room for, whatever the length of the name. */
  private static final int MOST_RECORDS = 4000;

  private final SplittableRandom random;
  private int lastAddress = 0x30000000;

  OddZoneFiller(SplittableRandom random) {
    this.random = random;
  }

  private long ttlSeconds() {
    return TTLS[random.nextInt(TTLS.length)];
  }

  void fill(Site site) {
    SimZone zone = site.zone();
    Name apex = zone.apex();
    Name www = Names.child("www", apex);
    zone.add(addresses(www, 1 + random.nextInt(3)));
    zone.add(new Records(www, Records.AAAA, ttlSeconds(), List.of(ipv6Address())));
    zone.add(new Records(www, Records.HTTPS, ttlSeconds(), List.of(new byte[] {0, 1, 0})));
    zone.add(Records.text(www, ttlSeconds(), "of " + apex));
    zone.add(addresses(Names.child("ipv4", apex), 1));
    // More than one datagram without EDNS0 holds, and less than one with it.
    zone.add(longText(Names.child("long", apex)));
    Name middle = Names.child("middle", apex);
    zone.add(Records.text(middle, ttlSeconds(), "on the way"));
    zone.add(addresses(Names.child("www", middle), 1));
    // As in reverse zones: nothing but names on the way to others.
    Name deep = Names.child("4", Names.child("3", Names.child("2", apex)));
    zone.add(addresses(deep, 1));
    zone.add(Records.text(deep, ttlSeconds(), "deep"));
    Name moved = Names.child("moved", apex);
    zone.add(Records.names(moved, Records.DNAME, ttlSeconds(), List.of(middle)));
  }

  /** More records than there were in any reply before. */
  void fillWithMany(Site site) {
    int count = 500 + random.nextInt(MOST_RECORDS - 500);
    site.zone().add(addresses(Names.child("many", site.apex()), count));
  }

  private Records addresses(Name owner, int count) {
    List<byte[]> data = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int number = ++lastAddress;
      data.add(
          new byte[] {
            (byte) (number >> 24), (byte) (number >> 16), (byte) (number >> 8), (byte) number
          });
    }
    return new Records(owner, Records.A, ttlSeconds(), data);
  }

  private byte[] ipv6Address() {
    byte[] address = new byte[16];
    address[0] = 0x2a;
    address[1] = 1;
    address[15] = (byte) ++lastAddress;
    return address;
  }

  private Records longText(Name owner) {
    List<byte[]> data = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      byte[] text = new byte[150];
      text[0] = (byte) 149;
      text[1] = (byte) i;
      data.add(text);
    }
    return new Records(owner, Records.TXT, ttlSeconds(), data);
  }
}
