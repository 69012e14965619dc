package djbdns.posix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/** Directories whose place something else may have taken. Thread-safe. */
public final class Directory {
  private Directory() {}

  /**
   * To be called before a directory is read: Java opens whatever has the name, and waits for ever
   * where that is a FIFO.
   *
   * @throws NotDirectoryException if there is something else; not if there is nothing
   */
  public static void check(Path directory) throws IOException {
    if (Files.exists(directory) && !Files.isDirectory(directory)) {
      throw new NotDirectoryException(directory.toString());
    }
  }
}
