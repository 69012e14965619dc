package djbdns.tools.howto;

import static org.junit.jupiter.api.Assertions.assertEquals;

import djbdns.tools.Execution;
import djbdns.tools.Suite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The suite, installed by {@code tools/install} on a fresh machine, for others to use.
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
    Path shared = Files.createDirectory(directory.resolve("nothing"));
    Machine.Disks disks = new Machine.Disks(local, project(), shared);
    try (Machine machine = Machine.start("fresh", directory.resolve("fresh"), disks)) {
      Execution execution = machine.run("/srv/djbdns/tools/install");
      assertEquals(0, execution.exitCode(), execution::error);
    }
    return new Installation(local);
  }
}
