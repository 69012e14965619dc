package djbdns.dnscache.sim;

import djbdns.client.ServerAddress;
import djbdns.dnscache.cache.CacheEntry;
import djbdns.dnscache.cache.EntryType;
import djbdns.dnscache.cache.ShardedCache;
import djbdns.wire.Name;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Looks for a liar's marks in what is remembered about the zones of others. */
final class CacheCheck {
  private static final int[] TYPES = {
    Records.A,
    Records.NS,
    Records.CNAME,
    Records.SOA,
    Records.MX,
    Records.TXT,
    Records.AAAA,
    Records.DNAME,
    EntryType.NXDOMAIN,
    EntryType.DELEGATION
  };

  private static final byte[] LABEL = "poison".getBytes(StandardCharsets.ISO_8859_1);

  private final ShardedCache cache;
  private final SimClock clock;
  private final List<Name> names = new ArrayList<>();
  private final List<byte[]> marks = new ArrayList<>();
  private final CacheEntry entry = new CacheEntry();

  CacheCheck(ShardedCache cache, Internet internet) {
    this.cache = cache;
    this.clock = internet.clock();
    names.add(Names.of("ns.poison.test"));
    for (Site site : internet.trustedSites()) {
      // The names of its cuts belong to the zones below.
      site.zone().names().stream()
          .filter(name -> internet.siteOf(name).isTrusted())
          .forEach(names::add);
    }
    marks.add(LABEL);
    for (ServerAddress address : Liar.ADDRESSES) {
      marks.add(address.address());
    }
  }

  void run() {
    for (Name name : names) {
      byte[] wire = name.toWire();
      for (int type : TYPES) {
        if (cache.get(wire, wire.length, type, clock.unixSeconds(), entry)) {
          checkEntry(name);
        }
      }
    }
  }

  private void checkEntry(Name name) {
    for (byte[] mark : marks) {
      for (int at = 0; at + mark.length <= entry.dataLength(); at++) {
        if (Arrays.equals(entry.data(), at, at + mark.length, mark, 0, mark.length)) {
          throw new AssertionError(
              "poison in the cache: " + name + " " + entry.type() + " " + entry.kind());
        }
      }
    }
  }
}
