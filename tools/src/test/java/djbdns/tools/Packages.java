package djbdns.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What the build packs the suite into, and how a test runs what comes out of it. */
final class Packages {
  private static final Path TARGET = Suite.launcher("tinydns").resolve("../../..").normalize();
  private static final int TIMEOUT_SECONDS = 120;

  private Packages() {}

  /** The one file in the build's directory whose name ends so. */
  static Path packed(String end) throws IOException {
    try (Stream<Path> files = Files.list(TARGET)) {
      List<Path> found = files.filter(file -> file.toString().endsWith(end)).toList();
      assertEquals(1, found.size(), found::toString);
      return found.getFirst();
    }
  }

  /** Unpacks the tarball, and returns the one directory in it. */
  static Path unpackTarball(Path directory) throws IOException, InterruptedException {
    Execution tar = run(directory, Map.of(), "tar", "xzf", packed(".tar.gz").toString());
    assertEquals(new Execution(0, "", ""), tar);
    try (Stream<Path> unpacked = Files.list(directory)) {
      List<Path> found = unpacked.toList();
      assertEquals(1, found.size(), found::toString);
      return found.getFirst();
    }
  }

  /** Runs a program with Java 25, and without Maven on its path. */
  static Execution run(Path directory, Map<String, String> more, String... command)
      throws IOException, InterruptedException {
    Map<String, String> environment = new HashMap<>(more);
    environment.putIfAbsent("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
    environment.put("DJBDNS_JAVA", Path.of(System.getProperty("java.home"), "bin/java").toString());
    environment.put("LC_ALL", "C");
    return Execution.of(directory, environment, List.of(command), TIMEOUT_SECONDS);
  }
}
