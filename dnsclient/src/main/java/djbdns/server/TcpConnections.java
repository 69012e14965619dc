package djbdns.server;

import java.net.InetAddress;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The open TCP connections of one event loop. Where the server has too many the loop's oldest gives
 * way, as in dnscache, so that holding connections open keeps nobody out; where one client has too
 * many, its own oldest. Belongs to the loop's thread.
 */
final class TcpConnections {
  private final Set<TcpHandler> open = new LinkedHashSet<>();
  private final TcpShares shares;
  private final TcpBytes bytes;

  TcpConnections(TcpShares shares, TcpBytes bytes) {
    this.shares = shares;
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

  /** What the connections hold. */
  TcpBytes bytes() {
    return bytes;
  }

  /** Forgets a connection; does nothing if that has happened. */
  void closed(TcpHandler connection) {
    if (open.remove(connection)) {
      bytes.release(connection);
      shares.remove(connection.client());
    }
  }
}
