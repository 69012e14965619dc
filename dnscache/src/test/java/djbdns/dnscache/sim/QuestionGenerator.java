package djbdns.dnscache.sim;

import djbdns.wire.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Draws questions: most are asked again and again, many are about what does not exist. */
final class QuestionGenerator {
  private static final int[] TYPES = {
    Records.A,
    Records.A,
    Records.A,
    Records.AAAA,
    Records.TXT,
    Records.MX,
    Records.NS,
    Records.SOA,
    Records.CNAME,
    Records.DS,
    64_000
  };

  /** What odd servers are asked. */
  private static final int[] ODD_TYPES = {
    Records.A,
    Records.A,
    Records.A,
    Records.AAAA,
    Records.AAAA,
    Records.HTTPS,
    Records.HTTPS,
    Records.TXT,
    Records.TXT,
    Records.MX,
    Records.NS
  };

  /** A question. */
  record Asked(Name name, int type) {}

  private final SplittableRandom random;
  private final List<Asked> pool = new ArrayList<>();

  QuestionGenerator(SplittableRandom random, Internet internet, int poolSize) {
    this.random = random;
    List<Site> sites = List.copyOf(internet.sites().values());
    while (pool.size() < poolSize) {
      Site site = sites.get(random.nextInt(sites.size()));
      pool.add(new Asked(name(site), TYPES[random.nextInt(TYPES.length)]));
    }
    List<Site> odd = sites.stream().filter(Site::isOdd).toList();
    while (!odd.isEmpty() && pool.size() < 3 * poolSize) {
      Site site = odd.get(random.nextInt(odd.size()));
      pool.add(new Asked(name(site), ODD_TYPES[random.nextInt(ODD_TYPES.length)]));
    }
  }

  private Name name(Site site) {
    List<Name> names = site.zone().names().stream().sorted(this::order).toList();
    Name name = names.get(random.nextInt(names.size()));
    return switch (random.nextInt(8)) {
      case 0 -> Names.child("none" + random.nextInt(3), site.apex());
      case 1 -> Names.child("below", name);
      case 2 -> Names.child("deep", Names.child("below", name));
      case 3 -> Names.child("www", name);
      default -> name;
    };
  }

  private int order(Name one, Name other) {
    return one.toString().compareTo(other.toString());
  }

  Asked next() {
    Asked asked = pool.get(random.nextInt(pool.size()));
    return new Asked(mixCase(asked.name()), asked.type());
  }

  private Name mixCase(Name name) {
    if (random.nextInt(3) != 0) {
      return name;
    }
    byte[] wire = name.toWire();
    for (int i = 0; i < wire.length; i++) {
      if (wire[i] >= 'a' && wire[i] <= 'z' && random.nextBoolean()) {
        wire[i] = (byte) (wire[i] - 32);
      }
    }
    return Name.ofWire(wire, 0);
  }
}
