package djbdns.runtime;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * A file on its way to replace another: written whole, forced to disk, then renamed. Closed before
 * that, it disappears. One thread.
 */
public final class NewFile implements AutoCloseable {
  private final Path path;
  private final FileChannel channel;
  private boolean moved;

  private NewFile(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /**
   * Creates the file, or empties the one that is there; its mode does not depend on the umask.
   *
   * @throws FileSystemException if there is a device, a FIFO or a socket
   */
  public static NewFile create(Path path, Set<PosixFilePermission> mode) throws IOException {
    NewFile file = open(path, mode);
    try {
      Files.setPosixFilePermissions(path, mode);
    } catch (IOException e) {
      file.close();
      throw e;
    }
    return file;
  }

  /** As the other; a new file's mode is 0644 less the umask, and a file that is there keeps its. */
  public static NewFile create(Path path) throws IOException {
    return open(path, PosixFilePermissions.fromString("rw-r--r--"));
  }

  /**
   * Refuses two names of one file where writing by the one loses what the other has, for files that
   * are there and for those that are not yet.
   *
   * @param what what the other is, for the message
   * @throws FileSystemException if they are one file
   */
  public static void refuseOneFile(Path written, Path other, String what) throws IOException {
    boolean isOne =
        (Files.exists(written) && Files.exists(other))
            ? Files.isSameFile(written, other)
            : written.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize());
    if (isOne) {
      throw new FileSystemException(written.toString(), null, "it is " + what);
    }
  }

  private static NewFile open(Path path, Set<PosixFilePermission> mode) throws IOException {
    refuseSpecialFile(path);
    FileChannel channel =
        FileChannel.open(
            path,
            Set.of(
                StandardOpenOption.WRITE,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING),
            PosixFilePermissions.asFileAttribute(mode));
    return new NewFile(path, channel);
  }

  /**
   * Opening a FIFO waits until somebody reads from it; a device would get the mode of the file, for
   * everyone on this machine.
   */
  private static void refuseSpecialFile(Path path) throws IOException {
    if (Files.exists(path) && Files.readAttributes(path, BasicFileAttributes.class).isOther()) {
      throw new FileSystemException(path.toString(), null, "not a regular file");
    }
  }

  public FileChannel channel() {
    return channel;
  }

  /** Waits until the disk has every byte, and closes the channel. */
  public void complete() throws IOException {
    channel.force(true);
    channel.close();
  }

  /** Renames the complete file; whoever opens {@code target} finds the old file or the new one. */
  public void moveTo(Path target) throws IOException {
    Files.move(path, target, StandardCopyOption.ATOMIC_MOVE);
    moved = true;
  }

  /**
   * Waits until the disk has the new name as well. Where the directory may be searched but not read
   * that cannot be done, and a warning says so: the file is in its place all the same.
   */
  public void syncDirectory(Program program) {
    Path directory = path.toAbsolutePath().getParent();
    try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
      names.force(true);
    } catch (IOException e) {
      program.warn("unable to sync " + directory + ": " + ErrorText.of(e));
    }
  }

  /** Removes the file unless it was moved. A link stays. */
  @Override
  public void close() throws IOException {
    channel.close();
    if (!moved && Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
      Files.delete(path);
    }
  }
}
