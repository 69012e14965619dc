package djbdns.supervise.control;

import djbdns.posix.PosixException;
import djbdns.supervise.calls.SystemCalls;
import djbdns.supervise.tai.Tai64n;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The wait for services to reach a goal. The kernel reports changes; until there is a directory to
 * watch, the wait looks at the files again and again.
 */
final class ServiceWait {
  private static final int LOOK_MS = 100;

  private final SystemCalls calls;
  private final Goal goal;
  private final boolean endsRun;
  private final Optional<Long> deadlineNs;

  /**
   * @param endsRun true if the services have been told to end the present run
   * @param timeoutMs from now on, for all services together; empty for no limit
   */
  ServiceWait(SystemCalls calls, Goal goal, boolean endsRun, Optional<Long> timeoutMs) {
    this.calls = calls;
    this.goal = goal;
    this.endsRun = endsRun;
    deadlineNs = timeoutMs.map(ms -> calls.nowNs() + TimeUnit.MILLISECONDS.toNanos(ms));
  }

  /**
   * Waits until a service has reached the goal.
   *
   * @return false if the time is over
   */
  boolean await(ServiceView view, Optional<Tai64n> before) throws PosixException {
    int watches = calls.watches();
    try {
      SystemCalls.Poll changes = calls.poll();
      changes.add(watches);
      boolean watching = false;
      while (true) {
        if (!watching) {
          watching = watch(view, watches);
        }
        if (goal.isReached(view, before, endsRun)) {
          return true;
        }
        long leftMs = leftMs();
        if (leftMs <= 0) {
          return false;
        }
        changes.await((int) Math.min(leftMs, LOOK_MS));
        calls.drain(watches);
      }
    } finally {
      calls.close(watches);
    }
  }

  private static boolean watch(ServiceView view, int watches) {
    try {
      view.watch(watches);
      return true;
    } catch (PosixException e) {
      // No supervisor runs yet.
      return false;
    }
  }

  private long leftMs() {
    return deadlineNs
        .map(deadline -> (deadline - calls.nowNs() + 999_999) / 1_000_000)
        .orElse((long) LOOK_MS);
  }
}
