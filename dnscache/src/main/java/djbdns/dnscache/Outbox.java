package djbdns.dnscache;

import djbdns.dnscache.resolve.Answer;
import djbdns.dnscache.resolve.reply.Rrset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * The answers of the resolver to one service loop: gathered, and handed over as one task, or as
 * several where it is much. Answers that must not be held are dropped. Belongs to the resolver's
 * thread.
 */
final class Outbox {
  /**
   * The end of a query.
   *
   * @param answer empty if the query has been dropped
   */
  record Delivery(ClientQuery query, Optional<Answer> answer) {}

  /** Handed over at the latest when so much is gathered. */
  private static final long FULL_BYTES = 1 << 18;

  /** The delivery itself, with its query. */
  private static final int DELIVERY_BYTES = 300;

  /** An answer without its records, and a record set without its data. */
  private static final int OBJECT_BYTES = 100;

  private final Executor loop;
  private final Consumer<List<Delivery>> service;
  private final AnswerBudget budget;
  private List<Delivery> gathered = new ArrayList<>();
  private long gatheredBytes;

  /**
   * An empty outbox.
   *
   * @param loop runs tasks on the service loop's thread
   * @param service takes deliveries there
   * @param budget for all outboxes
   */
  Outbox(Executor loop, Consumer<List<Delivery>> service, AnswerBudget budget) {
    this.loop = loop;
    this.service = service;
    this.budget = budget;
  }

  void add(ClientQuery query, Optional<Answer> answer) {
    long bytes = DELIVERY_BYTES + answer.map(this::bytesMore).orElse(0L);
    if (budget.take(bytes)) {
      gatheredBytes += bytes;
      gathered.add(new Delivery(query, answer));
    } else {
      gathered.add(new Delivery(query, Optional.empty()));
    }
    if (gatheredBytes >= FULL_BYTES) {
      flush();
    }
  }

  /** All who have asked the same get the same answer, one after the other: it counts once. */
  private long bytesMore(Answer answer) {
    boolean isRepeated =
        !gathered.isEmpty() && gathered.getLast().answer().filter(answer::equals).isPresent();
    return isRepeated ? 0 : bytesOf(answer);
  }

  private static long bytesOf(Answer answer) {
    long bytes = OBJECT_BYTES + answer.soa().map(Outbox::bytesOf).orElse(0L);
    for (Rrset set : answer.records()) {
      bytes += bytesOf(set);
    }
    return bytes + (long) OBJECT_BYTES * answer.asked().size();
  }

  private static long bytesOf(Rrset set) {
    return OBJECT_BYTES + set.owner().length() + (long) set.data().length;
  }

  void flush() {
    if (!gathered.isEmpty()) {
      List<Delivery> deliveries = gathered;
      long bytes = gatheredBytes;
      gathered = new ArrayList<>();
      gatheredBytes = 0;
      loop.execute(() -> {
        try {
          service.accept(deliveries);
        } finally {
          budget.giveBack(bytes);
        }
      });
    }
  }
}
