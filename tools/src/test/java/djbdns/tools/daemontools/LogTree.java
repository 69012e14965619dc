package djbdns.tools.daemontools;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What is in a directory with logs, in a form in which two runs can be compared. */
final class LogTree {
  private LogTree() {}

  /**
   * Names with mode and contents. Old files are numbered in the order of their names, which are
   * times, and stamps at the start of lines are made equal.
   */
  static SortedMap<String, String> describe(Path directory) throws IOException {
    SortedMap<String, String> description = new TreeMap<>();
    describe(directory, "", description);
    return description;
  }

  private static void describe(Path directory, String prefix, SortedMap<String, String> target)
      throws IOException {
    int old = 0;
    for (Path path : sorted(directory)) {
      String name = path.getFileName().toString();
      if (name.matches("@[0-9a-f]{24}\\.[su]")) {
        name = "@%05d%s".formatted(old, name.substring(25));
        old++;
      }
      String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
      if (Files.isDirectory(path)) {
        target.put(prefix + name, mode);
        describe(path, prefix + name + "/", target);
      } else {
        target.put(prefix + name, mode + "\n" + withoutStamps(Command.read(path)));
      }
    }
  }

  private static List<Path> sorted(Path directory) throws IOException {
    try (Stream<Path> paths = Files.list(directory)) {
      return paths.sorted().toList();
    }
  }

  /** The same text with equal stamps. */
  static String withoutStamps(String text) {
    return text.replaceAll("(?md)^@[0-9a-fA-F]{24} ", "@TIME ");
  }

  /** Everything that a log has collected, in order. */
  static String contents(Path log) throws IOException {
    StringBuilder all = new StringBuilder();
    for (Path path : sorted(log)) {
      if (path.getFileName().toString().startsWith("@")) {
        all.append(Command.read(path));
      }
    }
    return all.append(Command.read(log.resolve("current"))).toString();
  }
}
