package djbdns.supervise.run;

import djbdns.posix.Descriptors.Pipe;
import djbdns.posix.FileSystem;
import djbdns.posix.PosixException;
import djbdns.supervise.calls.SystemCalls;
import java.util.Optional;

/**
 * The pipe from a service to its logger. svscan holds both ends, so that what is in it survives the
 * end of either.
 */
record LogPipe(int readEnd, int writeEnd, long inode) {

  static LogPipe make(SystemCalls calls) throws PosixException {
    Pipe pipe = calls.pipe();
    return new LogPipe(pipe.readEnd(), pipe.writeEnd(), calls.status(pipe.readEnd()).inode());
  }

  /**
   * Opens a pipe that a running process has, so that a service and a logger whose svscan was killed
   * stay connected.
   *
   * @param descriptor of the process: 0 of a logger, 1 of a service
   * @return empty if the process has something else there
   */
  static Optional<LogPipe> ofProcess(Platform platform, int pid, int descriptor, long inode)
      throws PosixException {
    Optional<String> path = platform.processTable().pathOfPipe(pid, descriptor, inode);
    if (path.isEmpty()) {
      return Optional.empty();
    }
    int readEnd = open(platform.calls(), path.get(), FileSystem.READ);
    int writeEnd = open(platform.calls(), path.get(), FileSystem.WRITE);
    return Optional.of(new LogPipe(readEnd, writeEnd, inode));
  }

  private static int open(SystemCalls calls, String path, int mode) throws PosixException {
    int descriptor = calls.open(FileSystem.CURRENT, path, mode | FileSystem.NONBLOCKING);
    // The programs that inherit it expect calls that wait.
    calls.setNonblocking(descriptor, false);
    return descriptor;
  }
}
