package djbdns.server;

import djbdns.wire.PacketWriter;

/**
 * The way back to a client whose query is answered later than it came: see {@link
 * Client#replyPath()}. Belongs to the loop that took the query. One of {@link #send} and {@link
 * #abandon} is to be called, once.
 */
public interface ReplyPath {
  /**
   * Sends the response, together with whatever else is sent before the loop turns to its sockets
   * again. Does nothing if the client has gone.
   */
  void send(PacketWriter response);

  /** There will be no response. */
  void abandon();

  /** True if a response may still reach the client. */
  boolean isOpen();
}
