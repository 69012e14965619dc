package djbdns.tools.odd;

import djbdns.tools.odd.Examination.Verdict;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Examines the suite's dnscache and its peers one after the other, and prints what became of each
 * scenario as tables in Markdown; tools/bench/odd-servers starts it.
 */
final class OddServers {
  private static final int AT_ONCE = 16;
  private static final int USAGE = 100;
  private static final int SYSTEM = 111;

  private OddServers() {}

  /** Arguments: nothing, or a regular expression that is found in the IDs of wanted scenarios. */
  public static void main(String[] args) throws Exception {
    if (args.length > 1) {
      System.err.println("odd-servers: usage: odd-servers [pattern]");
      System.exit(USAGE);
    }
    Pattern wanted = Pattern.compile(args.length == 0 ? "" : args[0]);
    List<Scenario> scenarios =
        Scenarios.all().stream().filter(scenario -> wanted.matcher(scenario.id()).find()).toList();
    for (Software software : Software.values()) {
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
    Path directory = Files.createTempDirectory("odd-servers");
    Map<Software, Map<String, Verdict>> verdicts = new EnumMap<>(Software.class);
    for (Software software : Software.values()) {
      System.err.println("odd-servers: " + software.title);
      verdicts.put(
          software,
          Examination.of(software, scenarios, directory.resolve(software.name()), AT_ONCE));
    }
    print(scenarios, verdicts, System.out);
    delete(directory);
  }

  private static void print(
      List<Scenario> scenarios, Map<Software, Map<String, Verdict>> verdicts, PrintStream out)
      throws IOException {
    List<String> versions = new ArrayList<>();
    for (Software software : Software.values()) {
      versions.add(software.version());
    }
    String columns = " | " + String.join(" | ", versions) + " |";
    out.println("|" + columns);
    out.println("|---".repeat(versions.size() + 1) + "|");
    out.println("| right answers, of " + scenarios.size() + counts(verdicts));
    for (Scenario.Topic topic : Scenario.Topic.values()) {
      List<Scenario> own = scenarios.stream().filter(one -> one.topic() == topic).toList();
      if (own.isEmpty()) {
        continue;
      }
      out.println("\n## " + topic.title + "\n");
      out.println("| behaviour" + columns);
      out.println("|---".repeat(versions.size() + 1) + "|");
      for (Scenario scenario : own) {
        StringBuilder row = new StringBuilder("| " + scenario.text());
        for (Software software : Software.values()) {
          row.append(" | ").append(verdicts.get(software).get(scenario.id()));
        }
        out.println(row + " |");
      }
    }
  }

  private static String counts(Map<Software, Map<String, Verdict>> verdicts) {
    StringBuilder row = new StringBuilder();
    for (Software software : Software.values()) {
      long right = verdicts.get(software).values().stream().filter(Verdict::isRight).count();
      row.append(" | ").append(right);
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
