package djbdns.tools.daemontools;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import djbdns.tools.Suite;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/**
 * Whose programs a test is about. The same test holds for both, unless its name says otherwise.
 * {@code -Dsubject=ours} or {@code -Dsubject=original} picks one; otherwise both are tested where
 * the original is installed.
 */
enum Subject {
  OURS {
    @Override
    Path command(String name) {
      return Suite.launcher(name);
    }
  },

  /** Debian's package daemontools. */
  ORIGINAL {
    @Override
    Path command(String name) {
      return Path.of("/usr/bin", name);
    }
  };

  /** A supervisor, and the programs that talk to it. */
  record Pair(Subject supervisor, Subject controller) {}

  abstract Path command(String name);

  /** Those to test. */
  static List<Subject> selected() {
    String choice = System.getProperty("subject", "");
    if (!choice.isEmpty()) {
      return List.of(valueOf(choice.toUpperCase(Locale.ROOT)));
    }
    return Files.isExecutable(ORIGINAL.command("supervise")) ? List.of(values()) : List.of(OURS);
  }

  /** Every supervisor with every controller. */
  static Stream<Arguments> pairs() {
    return selected().stream()
        .flatMap(first -> selected().stream().map(second -> Arguments.of(new Pair(first, second))));
  }

  /** For what only ours can do. */
  static void assumeOurs() {
    assumeTrue(selected().contains(OURS), "not about the original");
  }
}
