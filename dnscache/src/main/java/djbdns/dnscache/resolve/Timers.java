package djbdns.dnscache.resolve;

import java.util.Optional;
import java.util.PriorityQueue;

/**
 * Tasks for certain times. Belongs to one thread.
 *
 * <p>Most timers are cancelled long before their time, so cancelled ones are thrown out as soon as
 * they are the larger part: the memory is in proportion to the live ones, and cancelling is cheap.
 */
final class Timers {
  /** So few cancelled timers are not worth throwing out. */
  private static final int FEW = 64;

  /** Something due at a time, unless it is cancelled. */
  final class Timer implements Comparable<Timer> {
    private final long timeNs;
    private Optional<Runnable> action;

    private Timer(long timeNs, Runnable action) {
      this.timeNs = timeNs;
      this.action = Optional.of(action);
    }

    /** Lets go of the action. Does nothing if the time has come already. */
    void cancel() {
      if (action.isPresent()) {
        action = Optional.empty();
        cancelled++;
        throwOut();
      }
    }

    private boolean isCancelled() {
      return action.isEmpty();
    }

    private void run() {
      Runnable due = action.orElseThrow();
      action = Optional.empty();
      due.run();
    }

    /** By difference, since the monotonic clock may pass the largest long. */
    @Override
    public int compareTo(Timer other) {
      return Long.signum(timeNs - other.timeNs);
    }
  }

  private final PriorityQueue<Timer> queue = new PriorityQueue<>();

  /** Cancelled timers in the queue. */
  private int cancelled;

  Timer at(long timeNs, Runnable action) {
    Timer timer = new Timer(timeNs, action);
    queue.add(timer);
    return timer;
  }

  /** The first time at which something is due; {@link Long#MAX_VALUE} if nothing is. */
  long nextTimeNs() {
    dropCancelled();
    return queue.isEmpty() ? Long.MAX_VALUE : queue.peek().timeNs;
  }

  /** Does what is due at a time. */
  void run(long nowNs) {
    dropCancelled();
    while (!queue.isEmpty() && queue.peek().timeNs - nowNs <= 0) {
      queue.poll().run();
      dropCancelled();
    }
  }

  private void dropCancelled() {
    while (!queue.isEmpty() && queue.peek().isCancelled()) {
      queue.poll();
      cancelled--;
    }
  }

  private void throwOut() {
    if (cancelled > FEW && cancelled > queue.size() / 2) {
      queue.removeIf(Timer::isCancelled);
      cancelled = 0;
    }
  }

  /** Timers in memory, for tests. */
  int size() {
    return queue.size();
  }
}
