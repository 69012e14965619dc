package djbdns.supervise.multilog;

import djbdns.posix.Errno;
import djbdns.posix.FileIdentity;
import djbdns.posix.FileSystem;
import djbdns.posix.PosixException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The input that has been read and is not in the logs yet, in a file that survives a SIGKILL.
 *
 * <pre>{@code
 * offset 0        4096         69632        135168
 *        | title  | snapshot A | snapshot B | input ...           | end of file
 *                                             done | position ...
 * }</pre>
 *
 * <p>The title names the boot, since the page cache does not survive another one. A new snapshot
 * goes to the slot of the older one, so that one of them is whole at any time; the process relies
 * on the newer one only after it is written. Bytes come by splice(2), which moves them out of the
 * pipe and lengthens the file in one step that no signal divides. When everything is processed, the
 * file is cut back, then the position; a position behind the end means that there is no input.
 *
 * <p>For use by one thread.
 */
final class Spool {
  static final String NAME = "spool";

  private static final int TITLE_BYTES = 4096;
  private static final int SLOT_BYTES = Snapshot.MAX_ENCODED_BYTES;
  private static final long DATA_START = TITLE_BYTES + 2L * SLOT_BYTES;

  /** The number of processed bytes at which the file is cut back. */
  private static final long WORTH_CUTTING_BYTES = 1 << 18;

  private final FileCalls files;
  private final Trouble trouble;
  private final int directory;
  private final String name;
  private final int descriptor;
  private Snapshot snapshot;
  private long sequence;
  private long end;

  private Spool(
      FileCalls files,
      Trouble trouble,
      int directory,
      String name,
      int descriptor,
      Snapshot.Numbered latest,
      long end) {
    this.files = files;
    this.trouble = trouble;
    this.directory = directory;
    this.name = name;
    this.descriptor = descriptor;
    snapshot = latest.snapshot();
    sequence = latest.sequence();
    this.end = end;
  }

  /** The position of the first byte of input. */
  static long start() {
    return DATA_START;
  }

  /**
   * Opens the spool that a killed process has left in a directory, if it is of this boot and not a
   * copy from another directory, to whose logs the bytes belong.
   *
   * @param path of the directory, for messages
   */
  static Optional<Spool> find(
      FileCalls files, Trouble trouble, int directory, String path, String bootId)
      throws PosixException {
    int descriptor;
    try {
      descriptor = files.open(directory, NAME, FileSystem.READ_WRITE | FileSystem.NONBLOCKING, 0);
    } catch (PosixException e) {
      if (e.is(Errno.ENOENT)) {
        return Optional.empty();
      }
      throw e;
    }
    FileIdentity here = files.status(directory).identity();
    byte[] title = new byte[TITLE_BYTES];
    files.readAt(descriptor, title, 0);
    Optional<Snapshot.Numbered> latest =
        Arrays.equals(title, title(bootId))
            ? latest(files, descriptor).filter(numbered -> numbered.snapshot().in(here).isPresent())
            : Optional.empty();
    if (latest.isEmpty()) {
      files.close(descriptor);
      return Optional.empty();
    }
    // At least the size that create() gives it before the title.
    long size = Math.max(DATA_START, files.status(descriptor).sizeBytes());
    String name = path + "/" + NAME;
    return Optional.of(new Spool(files, trouble, directory, name, descriptor, latest.get(), size));
  }

  /**
   * The size of a file that {@link #find} does not accept as a spool of this directory and boot; 0
   * if there is none.
   */
  static long unusableBytes(FileCalls files, int directory) throws PosixException {
    int descriptor;
    try {
      descriptor = files.open(directory, NAME, FileSystem.READ | FileSystem.NONBLOCKING, 0);
    } catch (PosixException e) {
      return 0;
    }
    long start =
        latest(files, descriptor).map(newest -> newest.snapshot().position()).orElse(DATA_START);
    long bytes = files.status(descriptor).sizeBytes() - start;
    files.close(descriptor);
    return Math.max(0, bytes);
  }

  /** Removes a file that {@link #find} does not accept as a spool, if there is one. */
  static void discard(FileCalls files, int directory) throws PosixException {
    try {
      files.unlink(directory, NAME);
    } catch (PosixException e) {
      if (!e.is(Errno.ENOENT)) {
        throw e;
      }
    }
  }

  /** Reads the snapshot in a directory, if a process was killed there since the boot. */
  static Optional<Snapshot> peek(FileCalls files, Trouble trouble, int directory, String bootId)
      throws PosixException {
    Optional<Spool> spool = find(files, trouble, directory, "", bootId);
    if (spool.isPresent()) {
      files.close(spool.get().descriptor);
    }
    return spool.map(Spool::snapshot);
  }

  private static Optional<Snapshot.Numbered> latest(FileCalls files, int descriptor)
      throws PosixException {
    return Stream.of(slot(files, descriptor, 0), slot(files, descriptor, 1))
        .flatMap(Optional::stream)
        .max(Comparator.comparingLong(Snapshot.Numbered::sequence));
  }

  private static Optional<Snapshot.Numbered> slot(FileCalls files, int descriptor, int index)
      throws PosixException {
    byte[] bytes = new byte[SLOT_BYTES];
    files.readAt(descriptor, bytes, slotPosition(index));
    return Snapshot.decode(bytes);
  }

  /**
   * Makes an empty spool, in the place of any file.
   *
   * @param snapshot at {@link #start}
   */
  static Spool create(
      FileCalls files,
      Trouble trouble,
      int directory,
      String path,
      String bootId,
      Snapshot snapshot) {
    String name = path + "/" + NAME;
    int flags = FileSystem.READ_WRITE | FileSystem.CREATE | FileSystem.TRUNCATE;
    int descriptor =
        trouble.get("unable to create " + name, () -> files.open(directory, NAME, flags, 0600));
    Spool spool =
        new Spool(
            files,
            trouble,
            directory,
            name,
            descriptor,
            new Snapshot.Numbered(0, snapshot),
            DATA_START);
    // Both slots, since either may be read; the title last, since it makes the rest valid.
    spool.publish(snapshot);
    spool.publish(snapshot);
    trouble.retry("unable to write to " + name, () -> files.truncate(descriptor, DATA_START));
    spool.writeFully(title(bootId), 0);
    return spool;
  }

  private static byte[] title(String bootId) {
    String text = "multilog spool 2, boot " + bootId + "\n";
    return Arrays.copyOf(text.getBytes(StandardCharsets.ISO_8859_1), TITLE_BYTES);
  }

  private static long slotPosition(int index) {
    return TITLE_BYTES + (long) index * SLOT_BYTES;
  }

  /** The latest snapshot. */
  Snapshot snapshot() {
    return snapshot;
  }

  /** Makes this the latest snapshot, even if the process is killed now. */
  void publish(Snapshot next) {
    sequence++;
    writeFully(next.encode(sequence), slotPosition((int) (sequence & 1)));
    snapshot = next;
  }

  private void writeFully(byte[] bytes, long position) {
    while (trouble.get(
            "unable to write to " + name,
            () -> files.writeAt(descriptor, bytes, bytes.length, position))
        < bytes.length) {
      trouble.pause("unable to write to " + name, Optional.empty());
    }
  }

  /** Cuts the file back if it is long and everything in it is processed. */
  void shorten() {
    if (snapshot.position() >= end && end > DATA_START + WORTH_CUTTING_BYTES) {
      trouble.retry("unable to write to " + name, () -> files.truncate(descriptor, DATA_START));
      end = DATA_START;
      publish(snapshot.at(DATA_START));
    }
  }

  /** True if there are bytes that are not processed. */
  boolean isPending() {
    return snapshot.position() < end;
  }

  /** Reads bytes that are not processed, as many as the array takes. */
  int read(byte[] target) {
    return trouble.get(
        "unable to read " + name, () -> files.readAt(descriptor, target, snapshot.position()));
  }

  /**
   * Moves the bytes of a pipe into the file; waits only while the disk is full.
   *
   * @return false at the end of the input
   * @throws PosixException EAGAIN if the pipe is empty, EINVAL if the file system cannot do it
   */
  boolean fill(int pipe, int limit) throws PosixException {
    if (snapshot.position() > end) {
      // The process was killed between the two steps of shorten().
      publish(snapshot.at(end));
    }
    try {
      int length = files.splice(pipe, descriptor, end, limit);
      end += length;
      return length > 0;
    } catch (PosixException e) {
      if (e.is(Errno.EAGAIN) || e.is(Errno.EINVAL)) {
        throw e;
      }
      trouble.pause("unable to write to " + name, Optional.of(e));
      return true;
    }
  }

  /** Removes the file, in which everything is processed. */
  void remove() {
    trouble.retry("unable to remove " + name, () -> files.unlink(directory, NAME));
    trouble.retry("unable to remove " + name, () -> files.close(descriptor));
  }
}
