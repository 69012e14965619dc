package djbdns.supervise.multilog;

import djbdns.posix.FileStatus;
import djbdns.posix.FileSystem;
import djbdns.posix.PosixException;
import java.util.List;

/**
 * The system calls that multilog makes on files. Tests implement them in memory, where calls fail
 * and the process ends between any two of them. Names are relative to a directory's descriptor and
 * have a character for each byte.
 *
 * <p>For use by one thread. Every method throws {@link PosixException} when the call fails.
 */
interface FileCalls {
  /**
   * openat(2), with close on exec.
   *
   * @param flags of the constants of {@link FileSystem}
   */
  int open(int directory, String name, int flags, int mode) throws PosixException;

  void close(int descriptor) throws PosixException;

  /**
   * read(2).
   *
   * @param limit the most bytes to read
   * @return 0 at the end of the file
   */
  int read(int descriptor, byte[] target, int limit) throws PosixException;

  /** pread(2). */
  int readAt(int descriptor, byte[] target, long position) throws PosixException;

  /**
   * write(2) of the bytes from {@code from} to before {@code to}.
   *
   * @return the number of bytes written, perhaps not all
   */
  int write(int descriptor, byte[] bytes, int from, int to) throws PosixException;

  /** pwrite(2). */
  int writeAt(int descriptor, byte[] bytes, int length, long position) throws PosixException;

  /**
   * splice(2) from a pipe to a position in a file.
   *
   * @return 0 when no process can write to the pipe any more
   * @throws PosixException EAGAIN when the pipe is empty
   */
  int splice(int pipe, int file, long position, int limit) throws PosixException;

  /** fsync(2). */
  void synchronize(int descriptor) throws PosixException;

  void truncate(int descriptor, long sizeBytes) throws PosixException;

  /** flock(2), exclusive, without waiting. */
  void lock(int descriptor) throws PosixException;

  void makeDirectory(int directory, String name, int mode) throws PosixException;

  void rename(int directory, String from, String to) throws PosixException;

  void link(int directory, String from, String to) throws PosixException;

  void unlink(int directory, String name) throws PosixException;

  void changeMode(int directory, String name, int mode) throws PosixException;

  void changeMode(int descriptor, int mode) throws PosixException;

  FileStatus status(int directory, String name) throws PosixException;

  FileStatus status(int descriptor) throws PosixException;

  /** The names in a directory, in the file system's order. */
  List<String> list(int directory) throws PosixException;
}
