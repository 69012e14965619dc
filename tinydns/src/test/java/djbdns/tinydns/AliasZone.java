package djbdns.tinydns;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A random small zone of aliases, as lines for tinydns-data and as a master file: CNAME records,
 * also of wildcards, and DNAME records, most of which lead to each other, often in circles.
 */
final class AliasZone {
  private static final List<String> LABELS = List.of("a", "b", "c", "d", "*");
  private static final int ATTEMPTS = 9;

  private final Random random;
  private final String zone;
  private final StringBuilder data = new StringBuilder();
  private final StringBuilder master = new StringBuilder();

  /** Names in use: C for a CNAME record, R for a DNAME record, D for data. */
  private final Map<String, Character> used = new TreeMap<>();

  AliasZone(String zone, long seed) {
    this.zone = zone;
    random = new Random(seed);
    data.append("Z%1$s:ns1.%1$s:host.%1$s:1:2:3:4:300:600\n".formatted(zone));
    data.append("&%1$s:192.0.2.1:ns1.%1$s:600\n".formatted(zone));
    master.append("$TTL 600\n@ SOA ns1 host 1 2 3 4 300\n@ NS ns1\nns1 A 192.0.2.1\n");
    for (int i = 0; i < ATTEMPTS; i++) {
      add(name());
    }
  }

  /** One or two labels; the asterisk only in front, elsewhere BIND takes it for a mistake. */
  private String name() {
    return random.nextInt(3) == 0
        ? label(LABELS.size()) + "." + label(LABELS.size() - 1)
        : label(LABELS.size());
  }

  private String label(int choices) {
    return LABELS.get(random.nextInt(choices));
  }

  /** A target: mostly a name that may be there, in letters of its own. */
  private String target() {
    String name = name().replace('*', 'q');
    return switch (random.nextInt(12)) {
      case 0 -> "www.example.org";
      case 1 -> zone;
      case 2 -> name.toUpperCase(Locale.ROOT) + "." + zone;
      default -> name + "." + zone;
    };
  }

  private void add(String name) {
    boolean hasNamesBelow = used.keySet().stream().anyMatch(other -> other.endsWith("." + name));
    if (isRedirected(name) || used.containsKey(name)) {
      return;
    }
    String target = target();
    switch (random.nextInt(5)) {
      case 0 -> {
        used.put(name, 'D');
        line("+%s.%s:192.0.2.7:600", "%s A 192.0.2.7", name, "");
      }
      case 1, 2 -> {
        if (!hasNamesBelow && name.indexOf('*') < 0) {
          used.put(name, 'R');
          line(":%s.%s:DNAME:%s:600", "%s DNAME %s.", name, target);
        }
      }
      default -> {
        used.put(name, 'C');
        line("C%s.%s:%s:600", "%s CNAME %s.", name, target);
      }
    }
  }

  private boolean isRedirected(String name) {
    int dot = name.indexOf('.');
    return dot >= 0 && used.getOrDefault(name.substring(dot + 1), 'D') == 'R';
  }

  private void line(String dataFormat, String masterFormat, String name, String target) {
    data.append(dataFormat.formatted(name, zone, target)).append('\n');
    master.append(masterFormat.formatted(name, target)).append('\n');
  }

  String data() {
    return data.toString();
  }

  String master() {
    return master.toString();
  }

  /** The names that are there, and some below each. */
  List<String> names() {
    TreeSet<String> names = new TreeSet<>();
    for (String name : used.keySet()) {
      String own = name.replace('*', 'x') + ".";
      String whole = own + zone;
      names.addAll(List.of(whole, "q." + whole, "a.q." + whole, "b." + whole));
      // A DNAME record that leads upwards is passed more than once.
      names.addAll(List.of(own + whole, "b." + own + whole, own + own + whole));
    }
    return new ArrayList<>(names);
  }
}
