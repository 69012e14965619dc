package djbdns.dnscache.resolve;

import djbdns.client.ServerAddress;
import djbdns.client.Transport;
import djbdns.wire.Bytes;
import djbdns.wire.Name;

/** The network, as the resolver sees it. */
public interface Upstream {
  /** The outcome of a packet that was sent. Called on the resolver's thread. */
  interface Receiver {
    /**
     * The packet has left, or the connection for it is being made: only from now on is silence the
     * server's. Until then the exchange has waited for a socket. Called once at most, before
     * anything else, perhaps before {@link Upstream#send} returns.
     */
    void onSent();

    /**
     * A datagram came from the asked address and port, or the one message over TCP. Over UDP more
     * may follow, for as long as the exchange is open.
     *
     * @param packet valid during the call
     */
    void onPacket(byte[] packet, int length);

    /** Nothing more will come. */
    void onFailure(SendFailure failure);

    /**
     * The exchange is about to hold that many bytes more of what the server sends (over TCP), until
     * it ends. Called before they are allocated.
     *
     * @return whether it may; if not, the exchange ends and {@link #onFailure} says EXHAUSTED
     */
    boolean reserve(int bytes);
  }

  /**
   * On whose behalf a packet is sent. Where sockets are few, they are shared out fairly among
   * clients, and among the zones that a client's packets go to.
   *
   * @param client as {@link Waiter#client}; no bytes for the resolver itself
   * @param zone whose server is asked
   */
  record Cause(Bytes client, Name zone) {}

  /** The reasons why nothing comes. */
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

    /**
     * A reply is not expected any more, but would be welcome: from now on the socket may be closed
     * in favour of an exchange that waits for one. The receiver is told EXHAUSTED then.
     */
    void giveWay();

    /**
     * Another client wants the same. A network where sockets are waited for lets the exchange wait
     * for the client that gets one sooner.
     */
    default void alsoFor(Bytes client) {}
  }

  /**
   * Opens a socket on a new unpredictable port, connects it to the server and sends one packet.
   * Never calls the receiver before it has returned.
   *
   * @param query copied, or sent, before this returns; over TCP its length goes before it
   */
  Exchange send(
      Transport transport,
      ServerAddress server,
      byte[] query,
      int queryLength,
      Cause cause,
      Receiver receiver);
}
