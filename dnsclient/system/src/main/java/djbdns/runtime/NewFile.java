package djbdns.runtime;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * A file on its way to replace another: written whole, forced to disk, then renamed. Closed before
 * that, it disappears. Locked until then: whoever wants to write a file of this name by this class
 * waits, so that nobody renames what another one has just emptied. One thread.
 */
public final class NewFile implements AutoCloseable {
  private static final Set<StandardOpenOption> CREATE_AND_WRITE =
      Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE);

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
    while (true) {
      Optional<FileChannel> channel = openAndLock(path, mode);
      if (channel.isPresent()) {
        channel.get().truncate(0);
        return new NewFile(path, channel.get());
      }
    }
  }

  /** Empty if the file has been renamed or removed while this waited for the lock. */
  private static Optional<FileChannel> openAndLock(Path path, Set<PosixFilePermission> mode)
      throws IOException {
    refuseSpecialFile(path);
    FileChannel.open(path, CREATE_AND_WRITE, PosixFilePermissions.asFileAttribute(mode)).close();
    Optional<Object> before = fileKey(path);
    if (before.isEmpty()) {
      return Optional.empty();
    }
    FileChannel channel;
    try {
      channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    lock(channel);
    if (before.equals(fileKey(path))) {
      return Optional.of(channel);
    }
    channel.close();
    return Optional.empty();
  }

  private static void lock(FileChannel channel) {
    try {
      channel.lock();
    } catch (IOException e) {
      // Some network file systems have no locks: there writers do not wait, as with 1.05.
      return;
    }
  }

  /** Tells one file from another as long as it is open; empty if there is none of this name. */
  private static Optional<Object> fileKey(Path path) throws IOException {
    try {
      return Optional.of(Files.readAttributes(path, BasicFileAttributes.class).fileKey());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /**
   * Opening a FIFO waits until somebody reads from it; a device would get the mode of the file, or
   * be gone, for everyone on this machine.
   */
  private static void refuseSpecialFile(Path path, LinkOption... links) throws IOException {
    if (Files.exists(path, links)
        && Files.readAttributes(path, BasicFileAttributes.class, links).isOther()) {
      throw new FileSystemException(path.toString(), null, "not a regular file");
    }
  }

  /** The file, to read and write. Closing any other channel to it would end the lock. */
  public FileChannel channel() {
    return channel;
  }

  /** Waits until the disk has every byte. */
  public void complete() throws IOException {
    channel.force(true);
  }

  /**
   * Renames the complete file; whoever opens {@code target} finds the old file or the new one.
   *
   * @throws FileSystemException if there is a device, a FIFO or a socket
   */
  public void moveTo(Path target) throws IOException {
    // A link is replaced, and not what it leads to.
    refuseSpecialFile(target, LinkOption.NOFOLLOW_LINKS);
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
    try (channel) {
      if (!moved && Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
        Files.delete(path);
      }
    }
  }
}
