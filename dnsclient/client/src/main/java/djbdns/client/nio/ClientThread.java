package djbdns.client.nio;

import djbdns.client.Configuration;
import djbdns.client.Lookup;
import djbdns.client.LookupError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The thread of a {@link DnsClient}: turns a {@link QueryLoop} and runs the lookups on it. {@link
 * #submit}, {@link #cancel} and {@link #close} are for any thread.
 */
final class ClientThread {
  private static final long LONGEST_TURN_NS = TimeUnit.HOURS.toNanos(1);

  /** Far enough away, and no overflow on the clock. */
  private static final long LONGEST_DEADLINE_NS = TimeUnit.DAYS.toNanos(365);

  private final ClientConfig config;
  private final HostConfiguration host;

  /** Lookups under way; only the thread touches it. */
  private final Set<LookupTask<?>> tasks = new HashSet<>();

  /** Guards the fields below, through which other threads reach this one. */
  private final Object lock = new Object();

  private final Queue<LookupTask<?>> submitted = new ArrayDeque<>();
  private final Queue<LookupTask<?>> cancelled = new ArrayDeque<>();
  private Optional<QueryLoop> running = Optional.empty();
  private Optional<Thread> thread = Optional.empty();
  private boolean closed;

  ClientThread(ClientConfig config) {
    this.config = config;
    host = new HostConfiguration(config.settings());
  }

  /** Hands over a lookup; its outcome comes even if there is no thread to be had. */
  <T> LookupTask<T> submit(Lookup<T> lookup, Duration deadline) {
    long patienceNs = Math.min(TimeUnit.NANOSECONDS.convert(deadline), LONGEST_DEADLINE_NS);
    LookupTask<T> task = new LookupTask<>(lookup, config, System.nanoTime() + patienceNs);
    try {
      synchronized (lock) {
        ensureRunning();
        // Waking it costs a system call, and once is enough.
        if (submitted.isEmpty()) {
          running.ifPresent(QueryLoop::wakeUp);
        }
        submitted.add(task);
      }
    } catch (IOException e) {
      task.fail(new LookupError.Unreachable(e));
    }
    return task;
  }

  private void ensureRunning() throws IOException {
    if (closed) {
      throw new IOException("client is closed");
    }
    if (running.isEmpty()) {
      QueryLoop loop = new QueryLoop(config.random(), config.maxConcurrent());
      thread =
          Optional.of(Thread.ofPlatform().daemon().name("djbdns-client").start(() -> run(loop)));
      running = Optional.of(loop);
    }
  }

  /** Sends no more for a lookup. */
  void cancel(LookupTask<?> task) {
    synchronized (lock) {
      if (running.isPresent()) {
        cancelled.add(task);
        running.get().wakeUp();
      }
    }
  }

  /** Returns when the thread has ended. */
  void close() {
    Optional<Thread> ending;
    synchronized (lock) {
      closed = true;
      running.ifPresent(QueryLoop::wakeUp);
      ending = thread;
    }
    ending.ifPresent(ClientThread::awaitEnd);
  }

  private static void awaitEnd(Thread ending) {
    boolean interrupted = false;
    while (ending.isAlive()) {
      try {
        ending.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run(QueryLoop loop) {
    IOException reason = new IOException("client is closed");
    try {
      while (takeWork(loop)) {
        loop.turn(System.nanoTime() + LONGEST_TURN_NS);
      }
    } catch (IOException e) {
      reason = e;
    } catch (UncheckedIOException e) {
      reason = e.getCause();
    } catch (RuntimeException | Error e) {
      reason = new IOException("client's thread has failed", e);
      throw e;
    } finally {
      end(loop, reason);
    }
  }

  /** Begins and cancels what others have handed over; false if the client has been closed. */
  private boolean takeWork(QueryLoop loop) {
    List<LookupTask<?>> begun;
    List<LookupTask<?>> dropped;
    synchronized (lock) {
      if (closed) {
        return false;
      }
      begun = new ArrayList<>(submitted);
      submitted.clear();
      dropped = new ArrayList<>(cancelled);
      cancelled.clear();
    }
    for (LookupTask<?> task : begun) {
      begin(loop, task);
    }
    for (LookupTask<?> task : dropped) {
      task.drop();
      tasks.remove(task);
    }
    return true;
  }

  private void begin(QueryLoop loop, LookupTask<?> task) {
    try {
      tasks.add(task);
      task.begin(loop, configuration(), () -> tasks.remove(task));
    } catch (IOException e) {
      tasks.remove(task);
      task.fail(new LookupError.Unreachable(e));
    }
  }

  private Configuration configuration() throws IOException {
    Configuration configuration = host.get(System.nanoTime());
    return config.servers().isEmpty() ? configuration : configuration.withServers(config.servers());
  }

  /** Leaves nobody waiting, whatever has ended the thread; the next lookup starts another one. */
  private void end(QueryLoop loop, IOException reason) {
    loop.close();
    List<LookupTask<?>> left;
    synchronized (lock) {
      left = new ArrayList<>(tasks);
      left.addAll(submitted);
      tasks.clear();
      submitted.clear();
      cancelled.clear();
      // From here on another thread may run.
      running = Optional.empty();
    }
    for (LookupTask<?> task : left) {
      task.fail(new LookupError.Unreachable(reason));
    }
  }
}
