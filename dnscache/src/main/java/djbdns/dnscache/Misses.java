package djbdns.dnscache;

import java.util.List;

/** Takes queries that the cache could not answer. */
interface Misses {
  /**
   * Makes room for a query that is to be handed over.
   *
   * @return whether there is room; if not, the query has to be dropped
   */
  boolean admit(ClientQuery query);

  /**
   * Hands queries over that were admitted; returns at once.
   *
   * @param outbox where all of them will be answered, or told that they were dropped
   */
  void ask(List<ClientQuery> queries, Outbox outbox);
}
