package djbdns.dnscache;

import java.util.List;

/** Takes queries that the cache could not answer. */
@FunctionalInterface
interface Misses {
  /**
   * Hands queries over; returns at once.
   *
   * @param outbox where all of them will be answered, or told that they were dropped
   */
  void ask(List<ClientQuery> queries, Outbox outbox);
}
