package djbdns.supervise.run;

import djbdns.posix.Descriptors;
import djbdns.posix.Descriptors.Pipe;
import djbdns.posix.PosixException;

/**
 * The pipe through which run says that it is ready: by a newline, as s6 asks of it. For use by the
 * event loop's thread.
 */
final class Readiness {
  private final Host host;
  private final Pipe pipe;
  private boolean writeEndOpen = true;
  private boolean readEndOpen = true;

  Readiness(Host host) throws PosixException {
    this.host = host;
    pipe = host.descriptors().pipe();
  }

  int writeEnd() {
    return pipe.writeEnd();
  }

  /** To be called once run has its end of the pipe: from now on listens for the newline. */
  void listen(Runnable whenReady) throws PosixException {
    closeWriteEnd();
    host.loop().watch(pipe.readEnd(), () -> read(whenReady));
  }

  private void read(Runnable whenReady) {
    Descriptors descriptors = host.descriptors();
    byte[] bytes = new byte[256];
    try {
      int length = descriptors.read(pipe.readEnd(), bytes);
      for (int i = 0; i < length; i++) {
        if (bytes[i] == '\n') {
          close();
          whenReady.run();
          return;
        }
      }
      if (length == 0) {
        close();
      }
    } catch (PosixException e) {
      host.supervise().warn("unable to read a notification", e);
    }
  }

  private void closeWriteEnd() throws PosixException {
    if (writeEndOpen) {
      writeEndOpen = false;
      host.descriptors().close(pipe.writeEnd());
    }
  }

  /** Stops listening; may be called more than once. */
  void close() throws PosixException {
    boolean listening = !writeEndOpen;
    closeWriteEnd();
    if (readEndOpen) {
      readEndOpen = false;
      if (listening) {
        host.loop().unwatch(pipe.readEnd());
      }
      host.descriptors().close(pipe.readEnd());
    }
  }
}
