package djbdns.posix;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Files for a command to read, of which its user waits for the end. Like {@link RegularFile}, but
 * by Java's own means, since linking native code takes longer than most commands do: should the
 * name come to mean something else between the look and the opening, the command waits.
 */
public final class UserFile {
  /** As many links as the kernel follows: path_resolution(7). */
  private static final int MAX_LINKS = 40;

  private UserFile() {}

  /**
   * Opens a file. What the user has opened already, such as {@code /dev/stdin}, may be anything,
   * and reading it waits for whoever writes. A directory can be opened but not read, as in the
   * original commands.
   *
   * @throws NotRegularFileException if it is anything else than that and a regular file
   */
  public static InputStream open(Path file) throws IOException {
    BasicFileAttributes is = Files.readAttributes(file, BasicFileAttributes.class);
    if (is.isOther() && !isOwnDescriptor(file)) {
      throw new NotRegularFileException(file, false);
    }
    return Files.newInputStream(file);
  }

  /**
   * Opens a file to read from any position.
   *
   * @throws NotRegularFileException if it is no regular file
   */
  public static FileChannel openChannel(Path file) throws IOException {
    BasicFileAttributes is = Files.readAttributes(file, BasicFileAttributes.class);
    if (!is.isRegularFile()) {
      throw new NotRegularFileException(file, is.isDirectory());
    }
    return FileChannel.open(file, StandardOpenOption.READ);
  }

  /**
   * The whole content of a file as of {@link #open}, a character for each byte.
   *
   * @throws FileSystemException if there are more than {@code maxBytes}
   */
  public static String readText(Path file, int maxBytes) throws IOException {
    try (InputStream in = open(file)) {
      byte[] content = in.readNBytes(maxBytes);
      if (in.read() >= 0) {
        throw new FileSystemException(file.toString(), null, "file too big");
      }
      return new String(content, StandardCharsets.ISO_8859_1);
    }
  }

  /** True if a name leads to an open file of this process, as /dev/stdin does. */
  private static boolean isOwnDescriptor(Path file) throws IOException {
    Path at = file;
    for (int links = 0; links < MAX_LINKS; links++) {
      if (at.startsWith("/dev/fd") || at.startsWith("/proc/self/fd")) {
        return true;
      }
      if (!Files.isSymbolicLink(at)) {
        return false;
      }
      at = at.resolveSibling(Files.readSymbolicLink(at)).normalize();
    }
    return false;
  }
}
