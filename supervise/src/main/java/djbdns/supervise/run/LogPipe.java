package djbdns.supervise.run;

import djbdns.posix.Descriptors;
import djbdns.posix.Descriptors.Pipe;
import djbdns.posix.FileStatus;
import djbdns.posix.FileSystem;
import djbdns.posix.PosixException;
import java.util.Optional;

/**
 * The pipe from a service to its logger. svscan holds both ends, so that what is in it survives the
 * end of either.
 */
record LogPipe(int readEnd, int writeEnd, long inode) {

  static LogPipe make(FileSystem files, Descriptors descriptors) throws PosixException {
    Pipe pipe = descriptors.pipe();
    return new LogPipe(pipe.readEnd(), pipe.writeEnd(), files.status(pipe.readEnd()).inode());
  }

  /**
   * Gets hold of a pipe that a running process has, so that a service and a logger whose svscan was
   * killed stay connected.
   *
   * @param descriptor which one of the process: 0 of a logger, 1 of a service
   * @return empty if what the process has there now is not that pipe
   */
  static Optional<LogPipe> ofProcess(
      FileSystem files, Descriptors descriptors, int pid, int descriptor, long inode)
      throws PosixException {
    String path = "/proc/" + pid + "/fd/" + descriptor;
    FileStatus status = files.status(FileSystem.CURRENT, path);
    if (!status.isFifo() || status.inode() != inode) {
      return Optional.empty();
    }
    int readEnd = open(files, descriptors, path, FileSystem.READ);
    int writeEnd = open(files, descriptors, path, FileSystem.WRITE);
    return Optional.of(new LogPipe(readEnd, writeEnd, inode));
  }

  private static int open(FileSystem files, Descriptors descriptors, String path, int mode)
      throws PosixException {
    int descriptor = files.open(FileSystem.CURRENT, path, mode | FileSystem.NONBLOCKING);
    // Those who will inherit it expect to wait.
    descriptors.setNonblocking(descriptor, false);
    return descriptor;
  }
}
