package djbdns.dnscache;

import djbdns.wire.Bytes;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Bounds the queries on the heap that service loops have handed to the resolver and it has not
 * looked at: where it cannot keep up, these would fill the memory. A client may have as much of the
 * room as is free, so that a greedy one leaves half of it, and several of them their part, to
 * whoever comes. For use by any thread.
 */
final class Admission {
  /** Some 8,000 queries, of which the resolver keeps no more anyway. */
  static final long MAX_BYTES = 4L << 20;

  private final AtomicLong total = new AtomicLong();
  private final ConcurrentMap<Bytes, Long> byClient = new ConcurrentHashMap<>();

  /** True if there is room for the query; if so, it is taken. */
  boolean admit(ClientQuery query) {
    int bytes = query.heldBytes();
    long free = MAX_BYTES - total.addAndGet(bytes);
    if (byClient.merge(query.client(), (long) bytes, Long::sum) <= free) {
      return true;
    }
    leave(query);
    return false;
  }

  /** The resolver has them. */
  void leave(List<ClientQuery> queries) {
    queries.forEach(this::leave);
  }

  private void leave(ClientQuery query) {
    long bytes = query.heldBytes();
    total.addAndGet(-bytes);
    byClient.computeIfPresent(query.client(), (_, held) -> held > bytes ? held - bytes : null);
  }

  long bytes() {
    return total.get();
  }
}
