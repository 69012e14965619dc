package djbdns.tools.daemontools;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import djbdns.tools.Suite;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/**
 * Whose programs a test is about. The same test holds for both, unless its name says otherwise.
 * {@code -Dsubject=} picks one: ours, or the original, which takes long and does not change, or
 * both.
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
    String choice = System.getProperty("subject", "ours");
    return choice.equals("both")
        ? List.of(values())
        : List.of(valueOf(choice.toUpperCase(Locale.ROOT)));
  }

  /** Every supervisor with every controller, one of them at least selected. */
  static Stream<Arguments> pairs() {
    return Stream.of(values())
        .flatMap(first -> Stream.of(values()).map(second -> new Pair(first, second)))
        .filter(pair ->
            selected().contains(pair.supervisor()) || selected().contains(pair.controller()))
        .map(Arguments::of);
  }

  /** For what only ours can do. */
  static void assumeOurs() {
    assumeTrue(selected().contains(OURS), "not about the original");
  }
}
