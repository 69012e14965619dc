package djbdns.server;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many TCP connections a server has open, over all of its event loops: the kernel does not hand
 * them out evenly. For use by any thread.
 */
final class TcpShares {
  private final int maxConnections;
  private final int maxPerClient;
  private final AtomicInteger open = new AtomicInteger();
  private final ConcurrentMap<Long, Integer> perClient = new ConcurrentHashMap<>();

  TcpShares(int maxConnections, int maxPerClient) {
    this.maxConnections = maxConnections;
    this.maxPerClient = maxPerClient;
  }

  void add(long client) {
    open.incrementAndGet();
    perClient.merge(client, 1, Integer::sum);
  }

  void remove(long client) {
    open.decrementAndGet();
    perClient.computeIfPresent(client, (_, count) -> count > 1 ? count - 1 : null);
  }

  boolean areTooMany() {
    return open.get() > maxConnections;
  }

  /** Whether one client has more than its share. */
  boolean areTooManyOf(long client) {
    return perClient.getOrDefault(client, 0) > maxPerClient;
  }
}
