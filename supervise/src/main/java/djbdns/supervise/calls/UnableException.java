package djbdns.supervise.calls;

import djbdns.posix.PosixException;
import djbdns.runtime.ErrorText;

/**
 * A system call has failed that a service or program needs. The message has the original's grammar,
 * {@code unable to <attempt>: <cause>}.
 */
public final class UnableException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * An exception with its cause.
   *
   * @param attempt such as {@code chdir to tinydns}
   */
  public UnableException(String attempt, PosixException cause) {
    super("unable to " + attempt + ": " + ErrorText.of(cause), cause);
  }
}
