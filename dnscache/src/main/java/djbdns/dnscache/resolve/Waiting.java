package djbdns.dnscache.resolve;

/** A waiter and the query it waits for. Compared by identity: a client may ask twice. */
final class Waiting extends Shares.Question {
  private final Waiter waiter;
  private final Query query;

  Waiting(Waiter waiter, Query query) {
    super(waiter.client());
    this.waiter = waiter;
    this.query = query;
  }

  Waiter waiter() {
    return waiter;
  }

  @Override
  void dropped() {
    query.leave(this);
    waiter.dropped();
  }
}
