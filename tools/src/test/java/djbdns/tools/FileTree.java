package djbdns.tools;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** What is in a directory, as text that can be compared. */
final class FileTree {
  private FileTree() {}

  /**
   * A line for the directory and everything in it: path, mode, and what it holds or where it leads.
   */
  static List<String> of(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      List<Path> paths = all.sorted().toList();
      Stream.Builder<String> lines = Stream.builder();
      for (Path path : paths) {
        lines.add(directory.relativize(path) + " " + describe(path));
      }
      return lines.build().toList();
    }
  }

  private static String describe(Path path) throws IOException {
    if (Files.isSymbolicLink(path)) {
      return "-> " + Files.readSymbolicLink(path);
    }
    String mode = mode(path);
    return Files.isDirectory(path)
        ? mode + " directory"
        : mode + " " + Arrays.hashCode(Files.readAllBytes(path));
  }

  /** Such as {@code rwxr-xr-x}; of a link itself, not of where it leads. */
  static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(
        Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
  }
}
