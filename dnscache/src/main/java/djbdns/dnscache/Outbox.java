package djbdns.dnscache;

import djbdns.dnscache.resolve.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * What the resolver has to say to one service loop: gathered, and handed over as one task. Belongs
 * to the resolver's thread.
 */
final class Outbox {
  /**
   * The end of a query.
   *
   * @param answer empty if the query has been dropped
   */
  record Delivery(ClientQuery query, Optional<Answer> answer) {}

  private final Executor loop;
  private final Consumer<List<Delivery>> service;
  private List<Delivery> gathered = new ArrayList<>();

  /**
   * An empty outbox.
   *
   * @param loop runs tasks on the service loop's thread
   * @param service takes deliveries there
   */
  Outbox(Executor loop, Consumer<List<Delivery>> service) {
    this.loop = loop;
    this.service = service;
  }

  void add(ClientQuery query, Optional<Answer> answer) {
    gathered.add(new Delivery(query, answer));
  }

  void flush() {
    if (!gathered.isEmpty()) {
      List<Delivery> deliveries = gathered;
      gathered = new ArrayList<>();
      loop.execute(() -> service.accept(deliveries));
    }
  }
}
