package djbdns.supervise.run;

import djbdns.posix.PosixException;
import djbdns.supervise.calls.SystemCalls;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Waits for descriptors, times and other threads, and calls the handlers of each. An exception that
 * one of them throws is reported and stops no other. For use by the thread that calls {@link #run},
 * except {@link #post}, which any thread may call.
 */
final class EventLoop {
  /** A task and the time when it is due. */
  record Timer(long dueNs, Runnable task) {}

  private static final byte[] ONE = {1, 0, 0, 0, 0, 0, 0, 0};

  private final SystemCalls calls;
  private final Consumer<RuntimeException> whenThrown;
  private final SystemCalls.Poll poll;
  private final Map<Integer, Runnable> handlers = new HashMap<>();
  private final PriorityQueue<Timer> timers =
      new PriorityQueue<>((a, b) -> Long.signum(a.dueNs() - b.dueNs()));
  private final Queue<Runnable> posted = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean woken = new AtomicBoolean();
  private final int wakeEvent;
  private boolean stopped;

  /**
   * @param whenThrown gets the exceptions that handlers and tasks throw
   */
  EventLoop(SystemCalls calls, Consumer<RuntimeException> whenThrown) throws PosixException {
    this.calls = calls;
    this.whenThrown = whenThrown;
    poll = calls.poll();
    wakeEvent = calls.event();
    watch(wakeEvent, this::runPosted);
  }

  /** Calls a handler whenever a descriptor can be read or has come to its end. */
  void watch(int descriptor, Runnable handler) {
    poll.add(descriptor);
    handlers.put(descriptor, handler);
  }

  /** Forgets a descriptor; to be called before it is closed. */
  void unwatch(int descriptor) {
    poll.remove(descriptor);
    handlers.remove(descriptor);
  }

  /** Calls a task once, after a time. */
  Timer schedule(long delayMs, Runnable task) {
    Timer timer = new Timer(calls.nowNs() + TimeUnit.MILLISECONDS.toNanos(delayMs), task);
    timers.add(timer);
    return timer;
  }

  /** Forgets a task that has not been called. */
  void cancel(Timer timer) {
    timers.remove(timer);
  }

  /** Calls a task as soon as possible; from any thread. */
  void post(Runnable task) {
    posted.add(task);
    if (!woken.getAndSet(true)) {
      try {
        calls.write(wakeEvent, ONE);
      } catch (PosixException e) {
        throw new AssertionError("a counter far from its end takes one more", e);
      }
    }
  }

  private void runPosted() {
    try {
      calls.drain(wakeEvent);
    } catch (PosixException e) {
      throw new AssertionError("a counter can be read", e);
    }
    woken.set(false);
    for (Runnable task = posted.poll(); task != null; task = posted.poll()) {
      call(task);
    }
  }

  private void call(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      whenThrown.accept(e);
    }
  }

  /** Makes {@link #run} return after the present handler. */
  void stop() {
    stopped = true;
  }

  /** Waits for events and calls their handlers, until {@link #stop}. */
  void run() throws PosixException {
    while (!stopped) {
      runTimers();
      if (stopped) {
        return;
      }
      for (int descriptor : poll.await(timeoutMs())) {
        Runnable handler = handlers.get(descriptor);
        // An earlier handler may have removed it.
        if (handler != null) {
          call(handler);
        }
      }
    }
  }

  private void runTimers() {
    while (!timers.isEmpty() && timers.peek().dueNs() - calls.nowNs() <= 0) {
      call(timers.remove().task());
    }
  }

  private int timeoutMs() {
    if (timers.isEmpty()) {
      return -1;
    }
    long ms = TimeUnit.NANOSECONDS.toMillis(timers.peek().dueNs() - calls.nowNs() + 999_999);
    return Math.clamp(ms, 0, Integer.MAX_VALUE);
  }
}
