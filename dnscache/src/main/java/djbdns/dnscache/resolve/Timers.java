package djbdns.dnscache.resolve;

import java.util.PriorityQueue;

/** What is to happen at a time. Belongs to one thread. */
final class Timers {
  /** Something due at a time, unless it is cancelled. */
  static final class Timer implements Comparable<Timer> {
    private final long timeNs;
    private final Runnable action;
    private boolean cancelled;

    private Timer(long timeNs, Runnable action) {
      this.timeNs = timeNs;
      this.action = action;
    }

    void cancel() {
      cancelled = true;
    }

    /** By difference, since the monotonic clock may pass the largest long. */
    @Override
    public int compareTo(Timer other) {
      return Long.signum(timeNs - other.timeNs);
    }
  }

  private final PriorityQueue<Timer> queue = new PriorityQueue<>();

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
      queue.poll().action.run();
      dropCancelled();
    }
  }

  private void dropCancelled() {
    while (!queue.isEmpty() && queue.peek().cancelled) {
      queue.poll();
    }
  }
}
