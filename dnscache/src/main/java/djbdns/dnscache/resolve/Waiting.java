package djbdns.dnscache.resolve;

/** A waiter and the query it waits for. Compared by identity: a client may ask twice. */
final class Waiting {
  private final Waiter waiter;
  private final Query query;

  Waiting(Waiter waiter, Query query) {
    this.waiter = waiter;
    this.query = query;
  }

  Waiter waiter() {
    return waiter;
  }

  Query query() {
    return query;
  }
}
