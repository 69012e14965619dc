package djbdns.tools.howto;

import static org.junit.jupiter.api.Assertions.assertEquals;

import djbdns.tools.Execution;
import djbdns.tools.Suite;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The suite, unpacked from its archive and installed on a fresh machine, for others to use.
 *
 * @param local what {@code bin}, {@code lib} and {@code share} below {@code /usr/local} have become
 */
record Installation(Path local) {
  /** The directory of the project. */
  static Path project() {
    return Suite.launcher("tinydns").getParent().getParent().getParent().getParent().getParent();
  }

  /**
   * Installs the suite.
   *
   * @param directory an empty one
   */
  static Installation make(Path directory) throws IOException, InterruptedException {
    Path local = Files.createDirectory(directory.resolve("local"));
    Path unpacked = Files.createDirectory(directory.resolve("unpacked"));
    unpack(unpacked);
    Machine.Disks disks = new Machine.Disks(local, unpacked);
    try (Machine machine = Machine.start("fresh", directory.resolve("fresh"), disks)) {
      Execution execution = machine.run("/srv/shared/install --no-aot");
      assertEquals(0, execution.exitCode(), execution::error);
    }
    return new Installation(local);
  }

  /** Unpacks the archive of the suite into an empty directory. */
  static void unpack(Path directory) throws IOException, InterruptedException {
    Path target = project().resolve("tools/target");
    List<String> command = new ArrayList<>(List.of("/bin/tar", "-xzf"));
    try (DirectoryStream<Path> archives = Files.newDirectoryStream(target, "djbdns-*.tar.gz")) {
      archives.forEach(archive -> command.add(archive.toString()));
    }
    command.add("--strip-components=1");
    Map<String, String> environment = Map.of("PATH", "/usr/bin:/bin");
    Execution execution = Execution.of(directory, environment, command);
    assertEquals(0, execution.exitCode(), execution::error);
  }
}
