package djbdns.tools;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A short {@link Soak}; {@code -Dsoak.seconds} makes it a long one. */
@Tag("long")
final class SoakIT {
  private static final int SECONDS = 20;

  @TempDir private Path directory;

  @Test
  void shouldNotGrowUnderLoadAndLoss() throws Exception {
    assumeTrue(
        Files.isExecutable(Path.of(Soak.DNSPERF)), "Debian package dnsperf is not installed");

    Soak.run(directory, Integer.getInteger("soak.seconds", SECONDS));
  }
}
