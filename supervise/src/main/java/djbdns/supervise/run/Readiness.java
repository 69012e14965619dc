package djbdns.supervise.run;

import djbdns.posix.Descriptors.Pipe;
import djbdns.posix.FileSystem;
import djbdns.posix.PosixException;
import djbdns.posix.Spawn.Handover;
import java.util.Optional;

/**
 * The pipe through which run says that it is ready: by a newline, as s6 asks of it. For use by the
 * event loop's thread.
 */
final class Readiness {
  private final Platform platform;
  private final Runnable whenReady;
  private final int readEnd;
  private final long inode;
  private Optional<Handover> handover;
  private boolean listening;

  private Readiness(Platform platform, Runnable whenReady, int readEnd, Optional<Handover> handover)
      throws PosixException {
    this.platform = platform;
    this.whenReady = whenReady;
    this.readEnd = readEnd;
    this.handover = handover;
    inode = platform.calls().status(readEnd).inode();
  }

  /**
   * Makes a new pipe.
   *
   * @param descriptor the number of the write end in run
   */
  static Readiness open(Platform platform, Runnable whenReady, int descriptor)
      throws PosixException {
    Pipe pipe = platform.calls().pipe();
    Handover handover = new Handover(pipe.writeEnd(), descriptor);
    return new Readiness(platform, whenReady, pipe.readEnd(), Optional.of(handover));
  }

  /**
   * Opens the pipe that a run of an earlier supervisor has.
   *
   * @param descriptor the number of the write end there
   * @return empty if the process has something else there
   */
  static Optional<Readiness> ofProcess(
      Platform platform, Runnable whenReady, int pid, int descriptor, long inode)
      throws PosixException {
    Optional<String> path = platform.processTable().pathOfPipe(pid, descriptor, inode);
    if (path.isEmpty()) {
      return Optional.empty();
    }
    int flags = FileSystem.READ | FileSystem.NONBLOCKING;
    int readEnd = platform.calls().open(FileSystem.CURRENT, path.get(), flags);
    return Optional.of(new Readiness(platform, whenReady, readEnd, Optional.empty()));
  }

  /** The end of a new pipe that run gets. */
  Handover handover() {
    return handover.orElseThrow();
  }

  /** The inode of the pipe, which no other pipe has. */
  long inode() {
    return inode;
  }

  /** Listens for the newline from now on; to be called once run has its end of the pipe. */
  void listen() throws PosixException {
    closeWriteEnd();
    listening = true;
    platform.loop().watch(readEnd, this::read);
  }

  private void read() {
    byte[] bytes = new byte[256];
    try {
      int length = platform.calls().read(readEnd, bytes);
      if (length == 0) {
        stopListening();
      }
      for (int i = 0; i < length; i++) {
        if (bytes[i] == '\n') {
          whenReady.run();
          return;
        }
      }
    } catch (PosixException e) {
      platform.supervise().warn("unable to read a notification", e);
    }
  }

  private void stopListening() {
    if (listening) {
      listening = false;
      platform.loop().unwatch(readEnd);
    }
  }

  private void closeWriteEnd() throws PosixException {
    if (handover.isPresent()) {
      int writeEnd = handover.get().ours();
      handover = Optional.empty();
      platform.calls().close(writeEnd);
    }
  }

  /** Closes the pipe; this must not be used afterwards. */
  void close() throws PosixException {
    stopListening();
    closeWriteEnd();
    platform.calls().close(readEnd);
  }
}
