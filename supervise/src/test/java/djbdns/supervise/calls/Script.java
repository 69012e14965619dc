package djbdns.supervise.calls;

import java.util.Optional;
import java.util.Set;

/**
 * The behaviour of a program in a test.
 *
 * @param exitMs the time after which it exits; empty to run until a signal ends it
 * @param code its exit code
 * @param readyMs the time after which it writes a newline to its notification descriptor
 * @param ignored the signals that it ignores
 * @param drainMs the time that it goes on after the end of its standard input; empty for a program
 *     that does not read
 */
public record Script(
    Optional<Long> exitMs,
    int code,
    Optional<Long> readyMs,
    Set<Integer> ignored,
    Optional<Long> drainMs) {

  /** A program that runs until a signal ends it. */
  public static Script daemon() {
    return new Script(Optional.empty(), 0, Optional.empty(), Set.of(), Optional.empty());
  }

  /** A program that exits by itself. */
  public static Script exiting(long afterMs, int code) {
    return new Script(Optional.of(afterMs), code, Optional.empty(), Set.of(), Optional.empty());
  }

  /** A program that reads its standard input to the end. */
  public static Script logger(long drainMs) {
    return new Script(Optional.empty(), 0, Optional.empty(), Set.of(), Optional.of(drainMs));
  }

  public Script readyAfter(long ms) {
    return new Script(exitMs, code, Optional.of(ms), ignored, drainMs);
  }

  public Script ignoring(Integer... signals) {
    return new Script(exitMs, code, readyMs, Set.of(signals), drainMs);
  }
}
