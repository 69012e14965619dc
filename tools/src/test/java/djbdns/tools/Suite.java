package djbdns.tools;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The assembled suite that the integration tests start. */
public final class Suite {
  private static final Path DIRECTORY =
      Path.of(System.getProperty("suite.directory")).toAbsolutePath();

  private Suite() {}

  /** The names of all commands in Java. */
  public static List<String> commands() {
    try (Stream<Path> launchers = Files.list(DIRECTORY.resolve("bin"))) {
      return launchers
          .map(path -> path.getFileName().toString())
          .filter(name -> Files.exists(jar(name)))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The launcher of a command. */
  public static Path launcher(String command) {
    return DIRECTORY.resolve("bin", command);
  }

  /** The executable jar of a command. */
  public static Path jar(String command) {
    return DIRECTORY.resolve("lib", command + ".jar");
  }
}
