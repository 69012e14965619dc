package djbdns.supervise.multilog;

import djbdns.posix.PosixException;

/** Standard input and what signals ask for. */
interface Input {
  /** The descriptor. */
  int descriptor();

  /** Whether it is a pipe, which outlives a killed process and from which bytes can be moved. */
  boolean isPipe() throws PosixException;

  /**
   * Waits until there is something to read, or a signal.
   *
   * @return whether there is something to read, or the end
   */
  boolean await() throws PosixException;

  /** Whether to end as soon as the line that has begun is complete: TERM. */
  boolean isExitWanted();

  /** Whether new files are wanted, for which this is the only answer: ALRM. */
  boolean takeRotationRequest();
}
