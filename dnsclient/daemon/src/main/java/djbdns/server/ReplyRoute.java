package djbdns.server;

import java.net.InetSocketAddress;

/** The route of responses that are not there yet when {@link Responder#respond} returns. */
public interface ReplyRoute {
  /** The query at hand will be answered later. */
  ReplyPath defer(InetSocketAddress client);

  /**
   * The query at hand is answered by several messages.
   *
   * @throws IllegalStateException if that cannot be
   */
  default void stream(MessageSource messages) {
    throw new IllegalStateException("not over this transport");
  }
}
