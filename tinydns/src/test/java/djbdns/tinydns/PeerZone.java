package djbdns.tinydns;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A random zone, z.test, as lines for tinydns-data and as a master file: wildcards, empty
 * non-terminals, aliases and delegations on top of each other, all of it legal.
 */
final class PeerZone {
  private static final String[] LABELS = {"a", "b", "c", "*", "w", "_tcp"};

  private final Random random;
  private final StringBuilder data =
      new StringBuilder(
          """
          Zz.test:ns1.z.test:host.z.test:1:2:3:4:300:600
          &z.test:192.0.2.1:ns1.z.test
          """);
  private final StringBuilder master =
      new StringBuilder(
          """
          $ORIGIN z.test.
          @ 600 IN SOA ns1.z.test. host.z.test. 1 2 3 4 300
          @ 259200 IN NS ns1.z.test.
          ns1 259200 IN A 192.0.2.1
          """);

  /** Names in use: C for an alias, N for a delegation, D for data. */
  private final Map<String, Character> used = new TreeMap<>();

  PeerZone(long seed) {
    random = new Random(seed);
    for (int i = 15 + random.nextInt(45); i > 0; i--) {
      add(name(), i);
    }
  }

  private String name() {
    StringBuilder name = new StringBuilder(pick());
    for (int i = random.nextInt(4); i > 0; i--) {
      name.append('.').append(pick());
    }
    return name.toString();
  }

  private String pick() {
    return LABELS[random.nextInt(LABELS.length)];
  }

  private void add(String name, int number) {
    int kind = random.nextInt(20);
    if (kind < 3) {
      if (used.putIfAbsent(name, 'C') == null) {
        String target = random.nextInt(5) == 0 ? "www.example.org" : name() + ".z.test";
        line("C%s.z.test:%s:86400", "%s 86400 IN CNAME %s.", name, target);
      }
    } else if (kind < 6 && name.indexOf('*') < 0) {
      if (used.getOrDefault(name, 'N') == 'N') {
        used.put(name, 'N');
        delegate(name);
      }
    } else if (used.getOrDefault(name, 'D') == 'D') {
      used.put(name, 'D');
      switch (kind % 3) {
        case 0 -> line("'%s.z.test:t%s:86400", "%s 86400 IN TXT t%s", name, "" + number);
        case 1 -> line("@%s.z.test::%s.z.test:10:86400", "%s 86400 IN MX 10 %s", name, name());
        default -> line("+%s.z.test:10.0.0.%s:86400", "%s 86400 IN A 10.0.0.%s", name, "" + number);
      }
    }
  }

  private void delegate(String name) {
    line("&%s.z.test::%s.z.test:86400", "%s 86400 IN NS %s", name, "far" + random.nextInt(3));
    line("&%s.z.test:10.9.9.9:%s.z.test:86400", "%s 86400 IN NS %s", name, "ns." + name);
    master.append("ns.").append(name).append(" 86400 IN A 10.9.9.9\n");
  }

  private void line(String dataFormat, String masterFormat, String name, String value) {
    data.append(dataFormat.formatted(name, value)).append('\n');
    master.append(masterFormat.formatted(name, value)).append('\n');
  }

  String data() {
    return data.toString();
  }

  String master() {
    return master.toString();
  }

  /** Every name of the zone, every name above those, and names beside and below them. */
  List<String> names() {
    TreeSet<String> names = new TreeSet<>(List.of("z.test", "ns1.z.test", "nope.z.test"));
    for (String name : used.keySet()) {
      names.add("q." + name + ".z.test");
      names.add("q.r." + name + ".z.test");
      for (String rest = name; !rest.isEmpty(); rest = rest.substring(rest.indexOf('.') + 1)) {
        names.add(rest + ".z.test");
        names.add("q." + rest + ".z.test");
        if (rest.indexOf('.') < 0) {
          break;
        }
      }
    }
    return new ArrayList<>(names);
  }
}
