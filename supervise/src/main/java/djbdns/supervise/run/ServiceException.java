package djbdns.supervise.run;

import djbdns.posix.PosixException;
import djbdns.runtime.ErrorText;

/** A service directory cannot be supervised. The message says why, in the original's words. */
final class ServiceException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * With the message {@code unable to <attempt>: <cause>}.
   *
   * @param attempt such as {@code chdir to tinydns}
   */
  ServiceException(String attempt, PosixException cause) {
    super("unable to " + attempt + ": " + ErrorText.of(cause), cause);
  }
}
