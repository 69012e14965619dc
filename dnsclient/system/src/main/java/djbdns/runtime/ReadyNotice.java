package djbdns.runtime;

import djbdns.posix.Descriptors;
import djbdns.posix.Errno;
import djbdns.posix.FileSystem;
import djbdns.posix.PosixException;
import java.util.Optional;

/**
 * Tells the supervisor, once, that this process does its work: a newline through the pipe whose
 * descriptor {@code $NOTIFICATION_FD} names, as supervise and s6 take it. Without the variable
 * nobody wants to know. For use by one thread.
 */
public final class ReadyNotice {
  /** The variable that supervise sets for a service with a file {@code notification-fd}. */
  public static final String VARIABLE = "NOTIFICATION_FD";

  /** The lowest descriptor that it may name: the others are standard ones. */
  public static final int MIN_DESCRIPTOR = 3;

  /** The highest one. */
  public static final int MAX_DESCRIPTOR = 255;

  private final Program program;
  private final FileSystem files = new FileSystem();
  private final Descriptors descriptors = new Descriptors();
  private Optional<Integer> descriptor;

  /**
   * A notice that has not been sent. Make it before the root directory is changed: what links it to
   * the system cannot be found afterwards.
   *
   * @throws Fatal {@code unable to parse $NOTIFICATION_FD: X}
   */
  public ReadyNotice(Program program, ServiceEnvironment environment) {
    this.program = program;
    descriptor =
        environment
            .get(VARIABLE)
            .map(_ -> environment.requireNumber(VARIABLE, MIN_DESCRIPTOR, MAX_DESCRIPTOR));
  }

  /** Sends the notice, unless that has been done; a pipe that is not there gets a warning. */
  public void send() {
    if (descriptor.isEmpty()) {
      return;
    }
    int pipe = descriptor.get();
    descriptor = Optional.empty();
    try {
      // Anything else is a file of this process's own, and not to be closed.
      if (!files.status(pipe).isFifo()) {
        throw new PosixException("write", Errno.EBADF);
      }
      descriptors.write(pipe, new byte[] {'\n'});
      descriptors.close(pipe);
    } catch (PosixException e) {
      program.warn("unable to tell the supervisor that this is ready", e);
    }
  }
}
