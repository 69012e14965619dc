package djbdns.supervise.calls;

import djbdns.posix.Descriptors;
import djbdns.posix.Descriptors.Pipe;
import djbdns.posix.Errno;
import djbdns.posix.FileStatus;
import djbdns.posix.FileSystem;
import djbdns.posix.PosixException;
import java.time.Instant;
import java.util.List;

/**
 * The system calls that a supervisor, and a program that controls it, makes on files, descriptors
 * and clocks. Paths are relative to a directory's descriptor and have a character for each byte.
 *
 * <p>For use by one thread, except {@link #write}. A method that declares {@link PosixException}
 * throws it when the call fails.
 */
public interface SystemCalls {
  /** A set of descriptors to wait for: poll(2). */
  interface Poll {
    /** Adds a descriptor that is not in the set. */
    void add(int descriptor);

    /** Removes a descriptor that is in the set. */
    void remove(int descriptor);

    /**
     * Waits until a descriptor can be read or has come to its end, or the time is over.
     *
     * @param timeoutMs -1 for no limit
     * @return the descriptors that can be read; none after the time is over or a signal
     */
    List<Integer> await(int timeoutMs) throws PosixException;
  }

  /**
   * Opens a file, which is closed when a new program is executed: openat(2).
   *
   * @param flags of the constants of {@link FileSystem}
   * @param mode permissions if the file is created
   */
  int open(int directory, String path, int flags, int mode) throws PosixException;

  /** Opens a file that exists. */
  default int open(int directory, String path, int flags) throws PosixException {
    return open(directory, path, flags, 0);
  }

  /** Opens a directory as a place for other files; it need not be readable. */
  int openDirectory(int directory, String path) throws PosixException;

  void close(int descriptor) throws PosixException;

  /**
   * read(2) of as many bytes as the array takes.
   *
   * @return 0 at the end of the file
   */
  int read(int descriptor, byte[] bytes) throws PosixException;

  /** Reads the first bytes of a file by one read(2); does not wait for a writer of a FIFO. */
  byte[] read(int directory, String path, int maxBytes) throws PosixException;

  /**
   * write(2). Any thread may call it.
   *
   * @return the number of bytes written, perhaps not all
   */
  int write(int descriptor, byte[] bytes) throws PosixException;

  /** flock(2), exclusive, without waiting. */
  void lock(int descriptor) throws PosixException;

  void setNonblocking(int descriptor, boolean nonblocking) throws PosixException;

  void makeDirectory(int directory, String path, int mode) throws PosixException;

  void makeFifo(int directory, String path, int mode) throws PosixException;

  /** A new pipe, which is closed when a new program is executed: pipe2(2). */
  Pipe pipe() throws PosixException;

  /** A new counter that can be read after a write of 8 bytes: eventfd(2). */
  int event() throws PosixException;

  String readLink(int directory, String path) throws PosixException;

  /** Gives a file a new name in the same directory and replaces the file of that name. */
  void rename(int directory, String from, String to) throws PosixException;

  /** The status of a file; links are followed. */
  FileStatus status(int directory, String path) throws PosixException;

  FileStatus status(int descriptor) throws PosixException;

  /** The names in a directory, in the file system's order. */
  List<String> list(int directory) throws PosixException;

  /** A new set of watches of inotify(7). */
  int watches() throws PosixException;

  /**
   * Adds a watch of an open file.
   *
   * @param events of the constants {@code IN_...} of {@link Descriptors}
   */
  void watch(int watches, int descriptor, int events) throws PosixException;

  /** Reads and discards the events of a set of watches, or the value of a counter. */
  void drain(int descriptor) throws PosixException;

  /** A new, empty set. */
  Poll poll();

  /** The wall clock. */
  Instant now();

  /** The monotonic clock. */
  long nowNs();

  /**
   * True if there is such a file.
   *
   * @throws PosixException if this cannot be known
   */
  default boolean exists(int directory, String path) throws PosixException {
    try {
      status(directory, path);
      return true;
    } catch (PosixException e) {
      if (e.is(Errno.ENOENT)) {
        return false;
      }
      throw e;
    }
  }

  /** True if the status of such a file can be read. */
  default boolean isVisible(int directory, String path) {
    try {
      status(directory, path);
      return true;
    } catch (PosixException e) {
      return false;
    }
  }
}
