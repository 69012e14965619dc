package djbdns.server;

import djbdns.wire.PacketWriter;

/** Answers packets. Each event loop has one of its own and calls it on its own thread only. */
public interface Responder {
  /**
   * Takes a packet and composes the response to it, or keeps {@link Client#replyPath()} to send one
   * later, or answers with a {@link Client#stream} of messages.
   *
   * @param query holds the packet; owned by the caller
   * @param client who sent it; valid during the call
   * @return whether {@link #response()} is to be sent
   */
  boolean respond(byte[] query, int queryLength, Client client);

  /** The response to the last packet, valid until the next one. */
  PacketWriter response();

  /** No more packets are waiting: time to write what was gathered, such as the log. */
  void batchEnd();

  /**
   * A client has opened a TCP connection.
   *
   * @return whether to serve it; if not, it is closed at once and {@link #closed} is not called
   */
  default boolean opened(Client client) {
    return true;
  }

  /**
   * A TCP connection has ended.
   *
   * @param error why, in the original's words: {@code broken pipe} where the client has closed it
   */
  default void closed(Client client, String error) {}
}
