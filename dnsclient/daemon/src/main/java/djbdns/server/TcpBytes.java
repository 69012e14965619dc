package djbdns.server;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Bounds what all TCP connections of a server together hold, over all of its event loops: bytes
 * received and not answered, and answers that clients have not read. They are counted before they
 * are allocated. Where there is no more room, the client that holds the most loses the connection
 * that holds the most; until its loop has closed it, a reserve is used. For use by any thread.
 */
final class TcpBytes {
  /** A connection. */
  interface Holder {
    /** As {@link TcpConnections#clientOf}. */
    long client();

    /** Ends the connection: now, if this is its loop's thread, and else soon. */
    void giveWay();
  }

  private final long maxBytes;
  private final long reserveBytes;
  private final AtomicLong total = new AtomicLong();
  private final Map<Holder, Long> held = new ConcurrentHashMap<>();

  /** The connections about to be closed. */
  private final Set<Holder> condemned = ConcurrentHashMap.newKeySet();

  /**
   * Nothing is held.
   *
   * @param maxBytes beyond, somebody loses a connection
   * @param reserveBytes what may be held in addition while that connection is still open
   */
  TcpBytes(long maxBytes, long reserveBytes) {
    this.maxBytes = maxBytes;
    this.reserveBytes = reserveBytes;
  }

  /**
   * A connection wants to hold more.
   *
   * @return whether it may; if not, nothing is counted, and it has to end
   */
  boolean grow(Holder holder, long bytes) {
    if (condemned.contains(holder)) {
      return false;
    }
    held.merge(holder, bytes, Long::sum);
    if (total.addAndGet(bytes) > maxBytes && !isAffordable(holder)) {
      shrink(holder, bytes);
      return false;
    }
    return true;
  }

  /** A connection holds less. */
  void shrink(Holder holder, long bytes) {
    held.computeIfPresent(
        holder,
        (_, before) -> {
          total.addAndGet(-bytes);
          return before - bytes;
        });
  }

  /** A connection has been closed. */
  void release(Holder holder) {
    Long bytes = held.remove(holder);
    if (bytes != null) {
      total.addAndGet(-bytes);
    }
    condemned.remove(holder);
  }

  long bytes() {
    return total.get();
  }

  /** True if others give way to this one. */
  private synchronized boolean isAffordable(Holder asker) {
    while (lasting() > maxBytes) {
      Optional<Holder> loser = greediest();
      if (loser.isPresent()) {
        if (loser.get().equals(asker)) {
          return false;
        }
        condemn(loser.get());
      }
    }
    return total.get() <= maxBytes + reserveBytes;
  }

  private void condemn(Holder loser) {
    condemned.add(loser);
    loser.giveWay();
    if (!held.containsKey(loser)) {
      // It has been closed already, perhaps by its client.
      condemned.remove(loser);
    }
  }

  /** Bytes of those who are not about to be closed. */
  private long lasting() {
    long bytes = 0;
    for (Map.Entry<Holder, Long> entry : held.entrySet()) {
      bytes += condemned.contains(entry.getKey()) ? 0 : entry.getValue();
    }
    return bytes;
  }

  /** Empty if all have been closed meanwhile, by other loops. */
  private Optional<Holder> greediest() {
    Map<Holder, Long> connections = new HashMap<>(held);
    connections.keySet().removeAll(condemned);
    Map<Long, Long> byClient = new HashMap<>();
    connections.forEach((holder, bytes) -> byClient.merge(holder.client(), bytes, Long::sum));
    Optional<Long> client = largest(byClient);
    connections.keySet().removeIf(holder -> !client.equals(Optional.of(holder.client())));
    return largest(connections);
  }

  private static <T> Optional<T> largest(Map<T, Long> sizes) {
    return sizes.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey);
  }
}
