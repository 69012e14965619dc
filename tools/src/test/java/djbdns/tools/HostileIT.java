package djbdns.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * dnscache with its usual settings in an internet of hostile servers, among clients that attack it:
 * a short run of {@code djbdns.tools.hostile.Adversary}; {@code -Dhostile.seconds} makes it a long
 * one, {@code -Dhostile.phases='CHAIN_OF_TWO MUTE'} leaves out all other attacks.
 */
@Tag("long")
final class HostileIT {
  private static final int SECONDS = 26;

  /** To start, to settle, and to tell. */
  private static final int MORE_SECONDS = 60;

  @TempDir private Path directory;

  @Test
  void shouldServeTheHonestWhateverOthersDo() throws Exception {
    Namespace.assumePossible();
    int seconds = Integer.getInteger("hostile.seconds", SECONDS);
    try (Namespace namespace = Namespace.create()) {
      List<String> command =
          new ArrayList<>(
              List.of(
                  Path.of(System.getProperty("java.home"), "bin/java").toString(),
                  "-XX:+UseSerialGC",
                  "-Xmx512m",
                  "-Dsuite.directory=" + Suite.launcher("dnscache").getParent().getParent(),
                  "-Djava.io.tmpdir=" + Files.createDirectory(directory.resolve("adversary")),
                  "-cp",
                  System.getProperty("java.class.path"),
                  "djbdns.tools.hostile.Adversary",
                  Integer.toString(seconds),
                  System.getProperty("hostile.subject", "ours"),
                  System.getProperty("hostile.seed", "1")));
      Stream.of(System.getProperty("hostile.phases", "").split(" ", -1))
          .filter(phase -> !phase.isEmpty())
          .forEach(command::add);
      try {
        Execution run =
            Execution.of(directory, Map.of(), namespace.inside(command), seconds + MORE_SECONDS);
        System.out.println(run.output());
        assertEquals(0, run.exitCode(), () -> run.output() + run.error());
      } finally {
        namespace.endProcesses();
      }
    }
  }
}
