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
import java.util.function.Predicate;

/**
 * Looks for what is wrong in the cache: a liar's marks in what is remembered about the zones of
 * others, and denials of what is there.
 */
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
  private final Internet internet;
  private final Oracle oracle;
  private final List<Name> names = new ArrayList<>();
  private final List<byte[]> marks = new ArrayList<>();
  private final CacheEntry entry = new CacheEntry();

  CacheCheck(ShardedCache cache, Internet internet, Oracle oracle) {
    this.cache = cache;
    this.internet = internet;
    this.oracle = oracle;
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
          checkMarks(name);
          checkDenial(name);
        }
      }
    }
  }

  private void checkDenial(Name name) {
    boolean right =
        switch (entry.kind()) {
          case NODATA -> isTrue(name, entry.type(), outcome -> outcome instanceof Outcome.NoData);
          case NXDOMAIN -> mayDenyNames(name) || isTrue(name, Records.A, CacheCheck::deniesName);
          case RECORDS, FAILURE, DELEGATION -> true;
        };
    if (!right) {
      throw new AssertionError("denied in the cache: " + name + " " + entry.type());
    }
  }

  private static boolean deniesName(Outcome outcome) {
    return outcome instanceof Outcome.NoName;
  }

  /** True if a server denies names that exist; of what is told then, answers are the proof. */
  private boolean mayDenyNames(Name name) {
    Site site = internet.siteOf(name);
    // About DS records the parent's servers are asked.
    boolean parentMayDeny =
        site.apex().equals(name)
            && site.parent().filter(parent -> Oracle.mayDeny(parent, true)).isPresent();
    return Oracle.mayDeny(site, true) || parentMayDeny;
  }

  private boolean isTrue(Name name, int type, Predicate<Outcome> suits) {
    return oracle.truths(name, type).stream()
        .anyMatch(truth ->
            switch (truth) {
              case Oracle.Truth.Known(Outcome outcome, Site site) -> suits.test(outcome);
              case Oracle.Truth.Anything() -> true;
              case Oracle.Truth.Nothing() -> false;
            });
  }

  private void checkMarks(Name name) {
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
