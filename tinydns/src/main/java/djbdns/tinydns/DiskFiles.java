package djbdns.tinydns;

import djbdns.master.MasterFiles;
import djbdns.posix.UserFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/** Master files on disk: what one includes is looked for where it lies itself. */
final class DiskFiles implements MasterFiles {
  private final List<Path> written;

  /**
   * Files that may be read.
   *
   * @param written what is about to be written, and so is no master file
   */
  DiskFiles(List<Path> written) {
    this.written = List.copyOf(written);
  }

  @Override
  public String resolve(String including, String name) throws IOException {
    // Master files are read as a character for each byte, paths have Java's characters.
    byte[] bytes = name.getBytes(StandardCharsets.ISO_8859_1);
    try {
      return Path.of(including)
          .resolveSibling(new String(bytes, StandardCharsets.UTF_8))
          .normalize()
          .toString();
    } catch (InvalidPathException e) {
      throw new IOException("no name of a file", e);
    }
  }

  @Override
  public InputStream open(String file) throws IOException {
    for (Path output : written) {
      if (Files.exists(output) && Files.isSameFile(output, Path.of(file))) {
        throw new FileSystemException(file, null, "it is to be written");
      }
    }
    if (Files.isDirectory(Path.of(file))) {
      throw new FileSystemException(file, null, "is a directory");
    }
    return UserFile.open(Path.of(file));
  }
}
