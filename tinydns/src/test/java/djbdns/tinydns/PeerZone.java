package djbdns.tinydns;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A random zone, z.test, as lines for tinydns-data and as a master file: wildcards, empty
 * non-terminals, aliases, redirections and delegations on top of each other, records of today's
 * types in every spelling of theirs, all of it legal.
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
          $TTL 86400
          @ 600 IN SOA ns1.z.test. host.z.test. 1 2 3 4 300
          @ 259200 IN NS ns1.z.test.
          ns1 259200 IN A 192.0.2.1
          """);

  private static final String KEY = "0123456789abcdef".repeat(4);
  private static final String LONG = "t".repeat(255);

  /** A line for tinydns-data and one for a master file, the second %s a number. */
  private static final String[][] TYPED = {
    {"+%s.z.test:2001_db8__%s:86400", "%s 86400 IN AAAA 2001:db8::%s"},
    {"3%s.z.test:20010db8000000000000000000%06d:86400", "%s 86400 IN AAAA 2001:db8::%s"},
    {"S%s.z.test::w.z.test:50%s:1:2:86400", "%s 86400 IN SRV 1 2 50%s w"},
    {":%s.z.test:SRV:1 2 3 h%s.a.z.test:86400", "%s 86400 IN SRV 1 2 3 h%s.a"},
    {
      ":%s.z.test:CAA:0 issue \"ca%s.example; a=\\072\":86400",
      "%s CAA 0 issue \"ca%s.example; a=:\""
    },
    {":%s.z.test:TLSA:3 1 %s " + KEY + ":86400", "%s TLSA 3 1 %s " + KEY},
    {":%s.z.test:HTTPS:1 . alpn=h2 port=%s:86400", "%s HTTPS 1 . port=%s alpn=h2"},
    {":%s.z.test:svcb:%s w.z.test.:86400", "%s SVCB %s w"},
    {
      "N%s.z.test:10:%s:u:E2U+sip:!^.*$!sip\\072x@y!:.:86400",
      "%s NAPTR 10 %s \"u\" \"E2U+sip\" \"!^.*$!sip:x@y!\" ."
    },
    {":%s.z.test:SSHFP:%s 2 " + KEY + ":86400", "%s SSHFP %s 2 " + KEY},
    {":%s.z.test:TXT:\"" + LONG + "u\" n%s:86400", "%s TXT \"" + LONG + "\" u n%s"},
    {":%s.z.test:TYPE731:\\\\# 2 01%02d:86400", "%s TYPE731 \\# 2 01%02d"}
  };

  /** Names in use: C for an alias, N for a delegation, R for a redirection, D for data. */
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
    int kind = random.nextInt(28);
    if (isRedirected(name)) {
      return;
    }
    if (kind >= 26) {
      redirect(name);
    } else if (kind < 3) {
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
      if (kind >= 20) {
        String[] typed = TYPED[random.nextInt(TYPED.length)];
        data.append(typed[0].formatted(name, number)).append('\n');
        master.append(typed[1].formatted(name, number)).append('\n');
        return;
      }
      switch (kind % 3) {
        case 0 -> line("'%s.z.test:t%s:86400", "%s 86400 IN TXT t%s", name, "" + number);
        case 1 -> line("@%s.z.test::%s.z.test:10:86400", "%s 86400 IN MX 10 %s", name, name());
        default -> line("+%s.z.test:10.0.0.%s:86400", "%s 86400 IN A 10.0.0.%s", name, "" + number);
      }
    }
  }

  private boolean isRedirected(String name) {
    for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
      if (used.getOrDefault(name.substring(dot + 1), 'D') == 'R') {
        return true;
      }
    }
    return false;
  }

  private void redirect(String name) {
    boolean hasNamesBelow = used.keySet().stream().anyMatch(other -> other.endsWith("." + name));
    if (name.indexOf('*') < 0 && !hasNamesBelow && used.putIfAbsent(name, 'R') == null) {
      String target =
          switch (random.nextInt(4)) {
            case 0 -> "www.example.org";
            case 1 -> "t".repeat(63) + "." + "t".repeat(63) + ".z.test";
            default -> name() + ".z.test";
          };
      line(":%s.z.test:DNAME:%s:600", "%s 600 IN DNAME %s.", name, target);
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
      names.add("k".repeat(63) + "." + "k".repeat(63) + "." + name + ".z.test");
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
