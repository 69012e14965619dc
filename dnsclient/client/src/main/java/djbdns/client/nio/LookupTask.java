package djbdns.client.nio;

import djbdns.client.Configuration;
import djbdns.client.Lookup;
import djbdns.client.LookupError;
import djbdns.client.LookupRun;
import djbdns.client.Outcome;
import djbdns.client.Query;
import djbdns.client.Step;
import djbdns.client.Transmit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * A lookup on its way through a {@link ClientThread}, which alone calls the methods but {@link
 * #outcome}.
 */
final class LookupTask<T> {
  private final Lookup<T> lookup;
  private final ClientConfig config;
  private final long endNs;
  private final CompletableFuture<Outcome<T>> outcome = new CompletableFuture<>();
  private final List<QueryLoop.Started> queries = new ArrayList<>();

  LookupTask(Lookup<T> lookup, ClientConfig config, long endNs) {
    this.lookup = lookup;
    this.config = config;
    this.endNs = endNs;
  }

  /** For any thread; completed normally by the client's thread. */
  CompletableFuture<Outcome<T>> outcome() {
    return outcome;
  }

  /**
   * Asks the first questions.
   *
   * @param whenDone called before the outcome is known to others
   */
  void begin(QueryLoop loop, Configuration configuration, Runnable whenDone) {
    LookupRun.Asker asker = (query, told) -> ask(loop, configuration, query, told);
    Consumer<Outcome<T>> finish =
        found -> {
          whenDone.run();
          outcome.complete(found);
        };
    new LookupRun<>(lookup, configuration.qualifier(), config.random(), asker, finish).start();
  }

  private void ask(
      QueryLoop loop, Configuration configuration, Query query, Consumer<Step.End> told) {
    Transmit transmit =
        new Transmit(
            query,
            configuration.servers(),
            config.transport(),
            configuration.schedule(),
            config.random());
    queries.add(loop.start(transmit, endNs, told));
  }

  /** Ends all queries; there will be no outcome. */
  void drop() {
    queries.forEach(QueryLoop.Started::cancel);
  }

  void fail(LookupError error) {
    outcome.complete(new Outcome.NotFound<>(error));
  }
}
