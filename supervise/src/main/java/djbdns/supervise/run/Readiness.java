package djbdns.supervise.run;

import djbdns.posix.Descriptors.Pipe;
import djbdns.posix.FileStatus;
import djbdns.posix.FileSystem;
import djbdns.posix.PosixException;
import djbdns.posix.Spawn.Handover;
import java.util.Optional;

/**
 * The pipe through which run says that it is ready: by a newline, as s6 asks of it. For use by the
 * event loop's thread.
 */
final class Readiness {
  private final Host host;
  private final Runnable whenReady;
  private final int readEnd;
  private final long inode;
  private Optional<Handover> handover;
  private boolean listening;

  private Readiness(Host host, Runnable whenReady, int readEnd, Optional<Handover> handover)
      throws PosixException {
    this.host = host;
    this.whenReady = whenReady;
    this.readEnd = readEnd;
    this.handover = handover;
    inode = host.files().status(readEnd).inode();
  }

  /**
   * A new pipe.
   *
   * @param descriptor where run is to have its write end
   */
  static Readiness open(Host host, Runnable whenReady, int descriptor) throws PosixException {
    Pipe pipe = host.descriptors().pipe();
    Handover handover = new Handover(pipe.writeEnd(), descriptor);
    return new Readiness(host, whenReady, pipe.readEnd(), Optional.of(handover));
  }

  /**
   * The pipe that a run of an earlier supervisor has.
   *
   * @param descriptor where that has it
   * @return empty if it has something else there by now
   */
  static Optional<Readiness> ofProcess(
      Host host, Runnable whenReady, int pid, int descriptor, long inode) throws PosixException {
    String path = "/proc/" + pid + "/fd/" + descriptor;
    FileStatus status = host.files().status(FileSystem.CURRENT, path);
    if (!status.isFifo() || status.inode() != inode) {
      return Optional.empty();
    }
    int readEnd =
        host.files().open(FileSystem.CURRENT, path, FileSystem.READ | FileSystem.NONBLOCKING);
    return Optional.of(new Readiness(host, whenReady, readEnd, Optional.empty()));
  }

  /** What run gets of a new pipe. */
  Handover handover() {
    return handover.orElseThrow();
  }

  /** What tells the pipe from others. */
  long inode() {
    return inode;
  }

  /** To be called once run has its end of the pipe: from now on listens for the newline. */
  void listen() throws PosixException {
    closeWriteEnd();
    listening = true;
    host.loop().watch(readEnd, this::read);
  }

  private void read() {
    byte[] bytes = new byte[256];
    try {
      int length = host.descriptors().read(readEnd, bytes);
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
      host.supervise().warn("unable to read a notification", e);
    }
  }

  private void stopListening() {
    if (listening) {
      listening = false;
      host.loop().unwatch(readEnd);
    }
  }

  private void closeWriteEnd() throws PosixException {
    if (handover.isPresent()) {
      int writeEnd = handover.get().ours();
      handover = Optional.empty();
      host.descriptors().close(writeEnd);
    }
  }

  /** Gives the pipe up; nothing may be done with this afterwards. */
  void close() throws PosixException {
    stopListening();
    closeWriteEnd();
    host.descriptors().close(readEnd);
  }
}
