package djbdns.dnscache.resolve;

import djbdns.client.ServerAddress;
import djbdns.client.Transport;

/** The network, as the resolver sees it. */
public interface Upstream {
  /** What comes of a packet that was sent. Called on the resolver's thread. */
  interface Receiver {
    /**
     * A datagram came from the asked address and port, or the one message over TCP. Over UDP more
     * may follow, for as long as the exchange is open.
     *
     * @param packet valid during the call
     */
    void onPacket(byte[] packet, int length);

    /** Nothing more will come. */
    void onFailure(SendFailure failure);
  }

  /** Why nothing comes. */
  enum SendFailure {
    /** Nobody listens at the port (ECONNREFUSED). */
    REFUSED,
    /** There is no way to the address: no route, no such family on this host. */
    UNREACHABLE,
    /** The server closed the connection, or it broke. */
    CLOSED,
    /** This host has no socket to spare. */
    EXHAUSTED
  }

  /** An open socket that has sent its one packet. */
  interface Exchange {
    /** Closes the socket; the receiver is not called any more. Does nothing if it is closed. */
    void close();
  }

  /**
   * Opens a socket on a new unpredictable port, connects it to the server and sends one packet.
   * Never calls the receiver before it has returned.
   *
   * @param query copied, or sent, before this returns; over TCP its length goes before it
   */
  Exchange send(
      Transport transport, ServerAddress server, byte[] query, int queryLength, Receiver receiver);
}
