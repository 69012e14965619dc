package djbdns.supervise.multilog;

import djbdns.posix.ExitStatus;
import djbdns.posix.PosixException;

/** Starts the program that filters full log files. */
interface Processor {
  /**
   * Starts {@code sh -c command} in a directory, reading {@code previous} and, as descriptor 4,
   * {@code state}, writing {@code processed} and, as descriptor 5, {@code newstate}.
   *
   * @return its pid
   */
  int start(int directory, String command) throws PosixException;

  /** Waits for the end of a process. */
  ExitStatus await(int pid) throws PosixException;
}
