package djbdns.server;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The open TCP connections of a server, over all of its event loops: the kernel does not hand them
 * out evenly. Where there are too many, the oldest of the client that has most gives way, as in
 * dnscache, so that holding connections open keeps nobody out; where one client has too many, its
 * own oldest. For use by any thread.
 */
final class TcpConnections {
  /** Oldest first. */
  private final Map<Long, Set<TcpHandler>> byClient = new LinkedHashMap<>();

  private final int maxPerClient;
  private final TcpBytes bytes;
  private int maxOpen;
  private int open;

  TcpConnections(int maxOpen, int maxPerClient, TcpBytes bytes) {
    this.maxOpen = maxOpen;
    this.maxPerClient = maxPerClient;
    this.bytes = bytes;
  }

  /** Whose share a connection is: an IPv4 address, or an IPv6 network of 64 bits. */
  static long clientOf(InetAddress address) {
    byte[] octets = address.getAddress();
    long client = 0;
    for (int i = 0; i < Math.min(octets.length, Long.BYTES); i++) {
      client = (client << Byte.SIZE) | (octets[i] & 0xff);
    }
    return client;
  }

  /** Allows no more than that many at once. */
  synchronized void limitTo(int connections) {
    maxOpen = Math.min(maxOpen, connections);
  }

  void opened(TcpHandler connection) {
    add(connection).ifPresent(TcpHandler::giveWay);
  }

  /** Returns who has to go for it, taken out already. */
  private synchronized Optional<TcpHandler> add(TcpHandler connection) {
    Set<TcpHandler> own = byClient.computeIfAbsent(connection.client(), _ -> new LinkedHashSet<>());
    own.add(connection);
    open++;
    if (own.size() <= maxPerClient && open <= maxOpen) {
      return Optional.empty();
    }
    TcpHandler loser = (own.size() > maxPerClient ? own : most()).iterator().next();
    remove(loser);
    return Optional.of(loser);
  }

  private Set<TcpHandler> most() {
    Set<TcpHandler> most = Set.of();
    for (Set<TcpHandler> connections : byClient.values()) {
      if (connections.size() > most.size()) {
        most = connections;
      }
    }
    return most;
  }

  private synchronized void remove(TcpHandler connection) {
    Set<TcpHandler> own = byClient.getOrDefault(connection.client(), Set.of());
    if (own.contains(connection)) {
      own.remove(connection);
      open--;
      if (own.isEmpty()) {
        byClient.remove(connection.client());
      }
    }
  }

  /** The bytes that the connections hold. */
  TcpBytes bytes() {
    return bytes;
  }

  /** Forgets a connection; does nothing if that has happened. */
  void closed(TcpHandler connection) {
    remove(connection);
    bytes.release(connection);
  }
}
