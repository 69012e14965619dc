package djbdns.tools.odd;

import djbdns.tools.odd.Examination.Verdict;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Examines the suite's dnscache and its peers one after the other, and prints what became of each
 * scenario as tables in Markdown; {@code tools/bench/odd-servers} starts it.
 */
final class OddServers {
  private static final int AT_ONCE = 32;
  private static final int WARM_UP = 1000;
  private static final int USAGE = 100;
  private static final int SYSTEM = 111;

  private OddServers() {}

  /**
   * Prints the tables.
   *
   * @param args a regular expression that is found in the IDs of wanted scenarios, and the
   *     resolvers that are wanted, in small letters; none for all
   */
  public static void main(String[] args) throws Exception {
    Pattern wanted = Pattern.compile(args.length == 0 ? "" : args[0]);
    List<Scenario> scenarios =
        Scenarios.all().stream().filter(scenario -> wanted.matcher(scenario.id()).find()).toList();
    if (scenarios.isEmpty()) {
      System.err.println("odd-servers: fatal: no scenario fits " + wanted);
      System.exit(USAGE);
    }
    List<Software> resolvers =
        args.length < 2
            ? List.of(Software.values())
            : Arrays.stream(args, 1, args.length)
                .map(name -> Software.valueOf(name.toUpperCase(Locale.ROOT)))
                .toList();
    for (Software software : resolvers) {
      Optional<String> missing = software.missingPackage();
      if (missing.isPresent()) {
        System.err.println(
            "odd-servers: fatal: unable to find "
                + software.title
                + ": install the package "
                + missing.get());
        System.exit(SYSTEM);
      }
    }
    Map<Software, Map<String, Verdict>> verdicts = new EnumMap<>(Software.class);
    Path directory = Files.createTempDirectory("odd-servers");
    try {
      for (Software software : resolvers) {
        System.err.println("odd-servers: " + scenarios.size() + " scenarios, " + software.title);
        Path own = directory.resolve(software.name());
        verdicts.put(software, Examination.of(software, scenarios, own, AT_ONCE, WARM_UP));
      }
    } finally {
      delete(directory);
    }
    print(scenarios, verdicts, System.out);
  }

  private static void print(
      List<Scenario> scenarios, Map<Software, Map<String, Verdict>> verdicts, PrintStream out)
      throws IOException {
    List<String> versions = new ArrayList<>();
    for (Software software : verdicts.keySet()) {
      versions.add(software.version());
    }
    String columns = " | " + String.join(" | ", versions) + " |";
    String line = "|---".repeat(versions.size() + 1) + "|";
    out.println("|" + columns);
    out.println(line);
    out.println("| right, of " + scenarios.size() + counts(verdicts));
    for (Scenario.Topic topic : Scenario.Topic.values()) {
      List<Scenario> own = scenarios.stream().filter(one -> one.topic() == topic).toList();
      if (own.isEmpty()) {
        continue;
      }
      out.println("\n## " + topic.title + "\n");
      out.println("| servers" + columns);
      out.println(line);
      for (Scenario scenario : own) {
        StringBuilder row = new StringBuilder("| " + scenario.text());
        for (Map<String, Verdict> one : verdicts.values()) {
          row.append(" | ").append(one.get(scenario.id()));
        }
        out.println(row + " |");
      }
    }
  }

  private static String counts(Map<Software, Map<String, Verdict>> verdicts) {
    StringBuilder row = new StringBuilder();
    for (Map<String, Verdict> one : verdicts.values()) {
      row.append(" | ").append(one.values().stream().filter(Verdict::isRight).count());
    }
    return row + " |";
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
