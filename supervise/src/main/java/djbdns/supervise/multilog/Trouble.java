package djbdns.supervise.multilog;

import djbdns.posix.PosixException;
import java.util.Optional;

/**
 * The reaction to a call that fails and that multilog needs: it warns, waits and tries again,
 * without end. The writers of the input wait meanwhile, and nothing is lost.
 */
interface Trouble {
  /**
   * Warns and waits.
   *
   * @param what such as {@code unable to write to ./main/current}
   * @param cause empty if the system gave no reason
   */
  void pause(String what, Optional<PosixException> cause);

  /** Warns of something that is not tried again. */
  void warn(String what, PosixException cause);

  /** Warns of data that is lost. */
  void warn(String what);

  /** Reports that a processor could not be started. */
  void unableToRun(String command, PosixException cause);

  /** A call to try. */
  @FunctionalInterface
  interface Call {
    void run() throws PosixException;
  }

  /** A call to try, with a result. */
  @FunctionalInterface
  interface Getter<T> {
    T get() throws PosixException;
  }

  /** Makes a call until it succeeds. */
  default void retry(String what, Call call) {
    while (true) {
      try {
        call.run();
        return;
      } catch (PosixException e) {
        pause(what, Optional.of(e));
      }
    }
  }

  /** Makes a call until it succeeds, and returns its result. */
  default <T> T get(String what, Getter<T> call) {
    while (true) {
      try {
        return call.get();
      } catch (PosixException e) {
        pause(what, Optional.of(e));
      }
    }
  }
}
