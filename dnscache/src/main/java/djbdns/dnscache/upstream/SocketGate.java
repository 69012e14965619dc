package djbdns.dnscache.upstream;

import djbdns.dnscache.resolve.Upstream.SendFailure;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Bounds the sockets that are open at once. Exchanges beyond the bound wait, first come first
 * served, and those beyond the waiting room fail. For the loop's thread.
 */
final class SocketGate {
  private final int maxOpen;
  private final int maxWaiting;

  /** With a copy of the query of each. */
  private final LinkedHashMap<SocketExchange, byte[]> waiting = new LinkedHashMap<>();

  private int open;

  /**
   * Nothing open, nobody waiting.
   *
   * @param maxOpen 1 or more
   * @param maxWaiting 0 or more
   */
  SocketGate(int maxOpen, int maxWaiting) {
    this.maxOpen = maxOpen;
    this.maxWaiting = maxWaiting;
  }

  void enter(SocketExchange exchange, byte[] query, int queryLength) {
    if (open < maxOpen) {
      start(exchange, query, queryLength);
    } else if (waiting.size() < maxWaiting) {
      waiting.put(exchange, Arrays.copyOf(query, queryLength));
    } else {
      exchange.failLater(SendFailure.EXHAUSTED);
    }
  }

  /** An exchange has closed its socket: the next one's turn. */
  void release() {
    open--;
    while (open < maxOpen && !waiting.isEmpty()) {
      Map.Entry<SocketExchange, byte[]> next = waiting.pollFirstEntry();
      start(next.getKey(), next.getValue(), next.getValue().length);
    }
  }

  /** An exchange does not want to wait any more. */
  void forget(SocketExchange exchange) {
    waiting.remove(exchange);
  }

  int open() {
    return open;
  }

  private void start(SocketExchange exchange, byte[] query, int queryLength) {
    if (exchange.start(query, queryLength)) {
      open++;
    }
  }
}
