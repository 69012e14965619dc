package djbdns.server;

import java.net.InetAddress;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The open TCP connections of one event loop. Where the server has too many the loop's oldest gives
 * way, as in dnscache, so that holding connections open keeps nobody out; where one client has too
 * many, its own oldest. Where the loop's hold too many bytes, the one that holds the most. Belongs
 * to the loop's thread.
 */
final class TcpConnections {
  private final Set<TcpHandler> open = new LinkedHashSet<>();
  private final TcpShares shares;
  private final long maxBytes;
  private long bytes;

  TcpConnections(TcpShares shares, long maxBytes) {
    this.shares = shares;
    this.maxBytes = maxBytes;
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

  void opened(TcpHandler connection) {
    open.add(connection);
    long client = connection.client();
    shares.add(client);
    if (shares.areTooManyOf(client)) {
      oldestOf(client).giveWay();
    } else if (shares.areTooMany()) {
      open.iterator().next().giveWay();
    }
  }

  private TcpHandler oldestOf(long client) {
    for (TcpHandler connection : open) {
      if (connection.client() == client) {
        return connection;
      }
    }
    throw new AssertionError("a client is counted that has no connection");
  }

  /** A connection holds more or fewer bytes than before. */
  void held(long change) {
    bytes += change;
    if (change > 0 && bytes > maxBytes) {
      largest().giveWay();
    }
  }

  private TcpHandler largest() {
    TcpHandler largest = open.iterator().next();
    for (TcpHandler connection : open) {
      if (connection.heldBytes() > largest.heldBytes()) {
        largest = connection;
      }
    }
    return largest;
  }

  /** Forgets a connection; does nothing if that has happened. */
  void closed(TcpHandler connection) {
    if (open.remove(connection)) {
      bytes -= connection.heldBytes();
      shares.remove(connection.client());
    }
  }
}
