package djbdns.client.nio;

import djbdns.client.Lookup;
import djbdns.client.LookupError;
import djbdns.client.Outcome;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Looks up names by asking the caches of this host: a stub resolver (RFC 9499, 6).
 *
 * {@snippet file="djbdns/examples/Blocking.java" region="blocking"}
 *
 * <p>Every query packet has a new ID and leaves from a new port, both unpredictable (RFC 5452);
 * only what comes from the server asked and repeats ID, port and question counts as its reply.
 * Nothing is cached: that is what the host's caches are for.
 *
 * <p>For use by any number of threads, platform or virtual: one thread of the client's own does all
 * the network's work, and those who ask wait without holding a carrier thread. That thread starts
 * with the first lookup, is a daemon thread, and ends with {@link #close}.
 */
public final class DnsClient implements AutoCloseable {
  private final ClientConfig config;
  private final ClientThread thread;

  /** A client that has opened nothing yet. */
  public DnsClient(ClientConfig config) {
    this.config = config;
    thread = new ClientThread(config);
  }

  /** A client as this host is set up. */
  public static DnsClient ofSystem() {
    return new DnsClient(ClientConfig.ofSystem());
  }

  /**
   * Looks up and waits. Interrupting the thread cancels the lookup.
   *
   * {@snippet file="djbdns/examples/Errors.java" region="errors"}
   *
   * @throws InterruptedException if the thread is interrupted before the lookup has ended
   */
  public <T> Outcome<T> ask(Lookup<T> lookup) throws InterruptedException {
    return ask(lookup, config.deadline());
  }

  /**
   * The same with a time limit of its own.
   *
   * {@snippet file="djbdns/examples/OwnServers.java" region="own-servers"}
   *
   * @param deadline from now until the outcome is {@link LookupError.TimedOut}
   */
  public <T> Outcome<T> ask(Lookup<T> lookup, Duration deadline) throws InterruptedException {
    LookupTask<T> task = thread.submit(lookup, deadline);
    try {
      return task.outcome().get();
    } catch (InterruptedException e) {
      thread.cancel(task);
      throw e;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  /**
   * Looks up and returns at once. What depends on the future runs in a virtual thread, so it may
   * block. Cancelling the future, or completing it in another way, as {@link
   * CompletableFuture#orTimeout} does, cancels the lookup.
   *
   * {@snippet file="djbdns/examples/Futures.java" region="futures"}
   */
  public <T> CompletableFuture<Outcome<T>> askAsync(Lookup<T> lookup) {
    return askAsync(lookup, config.deadline());
  }

  /** The same with a time limit of its own, as in {@link #ask(Lookup, Duration)}. */
  public <T> CompletableFuture<Outcome<T>> askAsync(Lookup<T> lookup, Duration deadline) {
    LookupTask<T> task = thread.submit(lookup, deadline);
    CompletableFuture<Outcome<T>> future =
        task.outcome().thenApplyAsync(outcome -> outcome, Thread::startVirtualThread);
    future.whenComplete((outcome, failure) -> {
      if (!task.outcome().isDone()) {
        thread.cancel(task);
      }
    });
    return future;
  }

  /**
   * Ends the client's thread, closes its sockets, and returns when that is done. Lookups under way
   * end with {@link LookupError.Unreachable}, as does whatever is asked afterwards.
   */
  @Override
  public void close() {
    thread.close();
  }
}
