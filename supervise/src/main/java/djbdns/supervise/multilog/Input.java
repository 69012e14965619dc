package djbdns.supervise.multilog;

import djbdns.posix.PosixException;

/** Standard input, and the requests that come as signals. */
interface Input {
  /** The descriptor. */
  int descriptor();

  /** True if it is a pipe, which outlives a killed process and from which bytes can be moved. */
  boolean isPipe() throws PosixException;

  /**
   * Waits until there is something to read, or a signal.
   *
   * @return true if there is something to read, or the input has ended
   */
  boolean await() throws PosixException;

  /** True if multilog is to end as soon as the present line is complete: TERM. */
  boolean isExitWanted();

  /** True once after each request to begin new files: ALRM. */
  boolean takeRotationRequest();
}
