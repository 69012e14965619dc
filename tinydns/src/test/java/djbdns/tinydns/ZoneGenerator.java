package djbdns.tinydns;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

/** Makes {@code data} files full of overlaps: zones in zones, wildcards, locations, times. */
final class ZoneGenerator {
  private static final String[] LABELS = {"a", "b", "c", "h1", "h2", "*", "www", "X-Y_z", "\\001"};
  private static final String[] LOCATIONS = {"", "", "", "", "in", "ex", "i", "zz"};
  private static final String[] NETWORKS = {"n1", "n2", "n3", "n4", "n5", "n6", "n7", "n8"};

  /** Long past and far away, so that both servers see the same whatever the second is. */
  private static final String[] TIMES = {
    "", "", "", "", "4000000010000000", "5000000000000000", "40000000ffffffff", "0000000000000001"
  };

  /** Kinds of lines that 1.05 has. */
  private static final int OLD_KINDS = 16;

  private static final String[] TYPED = {
    "SRV:1 2 3 www.zone.test",
    "CAA:0 issue \"a\\072b\"",
    "TLSA:3 1 1 00ff",
    "HTTPS:1 . alpn=h2 ipv6hint=2001\\072db8\\072\\0721",
    "SVCB:0 b.zone.test",
    "NAPTR:1 2 u x \"\" h1.zone.test",
    "SSHFP:4 2 00",
    "DS:1 8 2 00",
    "TXT:\"" + "t".repeat(300) + "\" b",
    "TYPE731:\\\\# 2 0102"
  };

  private final Random random;
  private final int kinds;
  private final TreeSet<String> names = new TreeSet<>();

  private ZoneGenerator(long seed, int kinds) {
    random = new Random(seed);
    this.kinds = kinds;
  }

  /** Makes files that 1.05 compiles. */
  static ZoneGenerator old(long seed) {
    return new ZoneGenerator(seed, OLD_KINDS);
  }

  /** Makes files that have lines of today's types and spellings too. */
  static ZoneGenerator ofToday(long seed) {
    return new ZoneGenerator(seed, OLD_KINDS + 8);
  }

  /** The names that lines have been made for, and some around them. */
  List<String> names() {
    List<String> all = new ArrayList<>(names);
    all.add("test");
    all.add("outside.example");
    all.add("");
    return all;
  }

  String file(int lines) {
    StringBuilder data = new StringBuilder();
    data.append("%in:127.1\n%ex:127.2.2.2\n%zz:127.2\n%i:127.1.9\n");
    if (kinds > OLD_KINDS) {
      data.append("%n1:127.0.0.0/28\n%n2:127.1.1.0/25\n%n3:127.1.1.0/30\n%n4:127.2.0.1\n");
      data.append("%n5:127.2.0.0/31\n%n6:2001_db8__/32\n%n7:2001_db8__1\n%n8:__/0\n");
    }
    data.append(".zone.test:127.0.0.1:a\n&zone.test:127.0.0.2:b.zone.test\n");
    names.add("zone.test");
    for (int i = 0; i < lines; i++) {
      data.append(line()).append('\n');
    }
    return data.toString();
  }

  private String line() {
    String tail = ":" + ttl() + ":" + pick(TIMES) + ":" + location();
    String name = name();
    int kind = random.nextInt(kinds);
    return kind < OLD_KINDS ? oldLine(kind, name, tail) : lineOfToday(kind, name, tail);
  }

  private String location() {
    return pick(kinds > OLD_KINDS && random.nextInt(3) == 0 ? NETWORKS : LOCATIONS);
  }

  private String lineOfToday(int kind, String name, String tail) {
    return switch (kind - OLD_KINDS) {
      case 0 -> "=" + name + ":2001_db8__" + random.nextInt(100) + tail;
      case 1 -> "&" + name + ":2001_db8__1:" + host() + tail;
      case 2 -> "@" + name + ":2001_db8__1:" + host() + ":" + random.nextInt(10) + tail;
      case 3 -> "S" + name + ":" + ip() + ":" + host() + ":80:1:2" + tail;
      case 4 -> "N" + name + ":1:2:u:E2U+sip:!^.*$!sip\\072x@y!:" + tail;
      case 5 -> ":" + name + ":DNAME:" + (random.nextInt(3) > 0 ? name() : "x.example") + tail;
      default -> ":" + name + ":" + pick(TYPED) + tail;
    };
  }

  private String oldLine(int kind, String name, String tail) {
    return switch (kind) {
      case 0 -> "." + name + ":" + ip() + ":" + host() + tail;
      case 1, 2 -> "&" + name + ":" + ip() + ":" + host() + tail;
      case 3, 4 -> "=" + name + ":" + ip() + tail;
      case 5, 6, 7 -> "+" + name + ":" + ip() + tail;
      case 8 -> "@" + name + ":" + ip() + ":" + host() + ":" + random.nextInt(70000) + tail;
      case 9 -> "'" + name + ":" + "text \\\\ \\072 ".repeat(1 + random.nextInt(20)) + tail;
      case 10 -> "^" + name + ":" + name() + tail;
      case 11, 12 -> "C" + name + ":" + name() + tail;
      case 13 -> "Z" + name + ":ns." + name + ":root." + name + ":::::" + tail;
      case 14 ->
          ":"
              + name
              + ":"
              + pick(new String[] {"28", "33", "99", "1", "257"})
              + ":"
              + "\\000\\001abcd".repeat(random.nextInt(4))
              + tail;
      default -> many(name);
    };
  }

  /** Enough addresses for sampling, and sometimes for truncation. */
  private String many(String name) {
    StringBuilder lines = new StringBuilder("#");
    for (int i = random.nextInt(30); i > 0; i--) {
      lines.append("\n&").append(name).append("::n").append(i).append(".far.example");
    }
    for (int i = random.nextInt(12); i > 0; i--) {
      lines.append("\n+").append(name).append(":10.1.1.").append(i);
    }
    return lines.toString();
  }

  private String name() {
    StringBuilder name = new StringBuilder();
    for (int i = random.nextInt(4); i > 0; i--) {
      name.append(pick(LABELS)).append('.');
    }
    name.append(random.nextInt(12) == 0 ? "other.test" : "zone.test");
    names.add(name.toString());
    return name.toString();
  }

  private String host() {
    return random.nextInt(3) == 0 ? pick(LABELS) : pick(LABELS) + "." + name();
  }

  private String ip() {
    return random.nextInt(4) == 0 ? "" : "10.2." + random.nextInt(3) + "." + random.nextInt(256);
  }

  private String ttl() {
    return switch (random.nextInt(4)) {
      case 0 -> "0";
      case 1 -> "300";
      default -> "";
    };
  }

  private String pick(String[] from) {
    return from[random.nextInt(from.length)];
  }
}
