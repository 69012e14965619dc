package djbdns.tools.daemontools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import djbdns.tools.Execution;
import djbdns.tools.Suite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Runs the same command line with our programs and with the originals, which Debian's daemontools
 * package has. Words such as {@code @envdir} stand for one or the other.
 */
final class Comparison {
  private static final Path ORIGINALS = Path.of("/usr/bin");
  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin/java").toString();

  private final Path directory;

  /**
   * @param directory where the programs run
   */
  Comparison(Path directory) {
    assumeTrue(Files.isExecutable(ORIGINALS.resolve("setuidgid")), "needs Debian's daemontools");
    this.directory = directory;
  }

  /** The environment that every command runs in: the launchers have to find a Java. */
  static Map<String, String> environment() {
    return Map.of("DJBDNS_JAVA", JAVA, "PATH", "/usr/bin:/bin");
  }

  /** The command line for our programs. */
  static List<String> ours(String... words) {
    return replace(words, Suite.launcher("x").getParent());
  }

  /** The command line for the originals. */
  static List<String> originals(String... words) {
    return replace(words, ORIGINALS);
  }

  private static List<String> replace(String[] words, Path directory) {
    List<String> command = new ArrayList<>();
    for (String word : words) {
      command.add(word.startsWith("@") ? directory.resolve(word.substring(1)).toString() : word);
    }
    return command;
  }

  /** Asserts that both do the same, and returns what that is. */
  Execution assertSame(String... words) throws IOException, InterruptedException {
    Execution original = run(originals(words));
    assertEquals(original, run(ours(words)), () -> String.join(" ", words));
    return original;
  }

  private Execution run(List<String> command) throws IOException, InterruptedException {
    Execution execution = Execution.of(directory, environment(), command);
    return new Execution(
        execution.exitCode(),
        withoutNumbers(execution.output()),
        withoutNumbers(execution.error()));
  }

  /** Process ids and the numbers of pipes differ from run to run. */
  private static String withoutNumbers(String text) {
    return text.replaceAll("pipe:\\[\\d+]", "pipe:[N]")
        .replaceAll("/proc/\\d+/", "/proc/N/")
        .replaceAll("/tmp/execution\\d+", "/tmp/executionN");
  }
}
