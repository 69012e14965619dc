package djbdns.tinydns;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

/** Makes {@code data} files full of overlaps: zones in zones, wildcards, locations, times. */
final class ZoneGenerator {
  private static final String[] LABELS = {"a", "b", "c", "h1", "h2", "*", "www", "X-Y_z", "\\001"};
  private static final String[] LOCATIONS = {"", "", "", "", "in", "ex", "i", "zz"};

  /** Long past and far away, so that both servers see the same whatever the second is. */
  private static final String[] TIMES = {
    "", "", "", "", "4000000010000000", "5000000000000000", "40000000ffffffff", "0000000000000001"
  };

  private final Random random;
  private final TreeSet<String> names = new TreeSet<>();

  ZoneGenerator(long seed) {
    random = new Random(seed);
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
    data.append(".zone.test:127.0.0.1:a\n&zone.test:127.0.0.2:b.zone.test\n");
    names.add("zone.test");
    for (int i = 0; i < lines; i++) {
      data.append(line()).append('\n');
    }
    return data.toString();
  }

  private String line() {
    String tail = ":" + ttl() + ":" + pick(TIMES) + ":" + pick(LOCATIONS);
    String name = name();
    return switch (random.nextInt(16)) {
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
