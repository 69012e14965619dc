package djbdns.supervise.control;

import djbdns.posix.Descriptors;
import djbdns.posix.PollSet;
import djbdns.posix.PosixException;
import djbdns.supervise.tai.Tai64n;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Waits for a service. The kernel tells of changes; a look now and then is for the time before
 * there is anything to watch.
 */
final class Waiter {
  private static final int LOOK_MS = 100;

  private final Descriptors descriptors;
  private final Goal goal;
  private final boolean endsRun;
  private final Optional<Long> deadlineNs;

  /**
   * @param endsRun whether the services have been told to end what is running
   * @param timeoutMs from now on, for all services together; empty to wait as long as it takes
   */
  Waiter(Descriptors descriptors, Goal goal, boolean endsRun, Optional<Long> timeoutMs) {
    this.descriptors = descriptors;
    this.goal = goal;
    this.endsRun = endsRun;
    deadlineNs = timeoutMs.map(ms -> System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ms));
  }

  /**
   * Waits.
   *
   * @return whether the goal was reached in time
   */
  boolean await(ServiceView view, Optional<Tai64n> before) throws PosixException {
    int watches = descriptors.watches();
    try {
      PollSet changes = new PollSet();
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
        descriptors.drain(watches);
      }
    } finally {
      descriptors.close(watches);
    }
  }

  private static boolean watch(ServiceView view, int watches) {
    try {
      view.watch(watches);
      return true;
    } catch (PosixException e) {
      // Nobody has supervised it yet.
      return false;
    }
  }

  private long leftMs() {
    return deadlineNs
        .map(deadline -> (deadline - System.nanoTime() + 999_999) / 1_000_000)
        .orElse((long) LOOK_MS);
  }
}
