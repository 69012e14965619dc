package djbdns.server;

import djbdns.wire.PacketWriter;

/**
 * The messages that answer one query over TCP, such as those of a zone transfer. They are asked for
 * one at a time, as fast as the client reads them. Belongs to the loop that took the query.
 */
public interface MessageSource extends AutoCloseable {
  /** The outcome of a call of {@link #next}. */
  enum Step {
    /** The writer holds the next message. */
    MESSAGE,
    /** Some work towards the next message: others get their turn. */
    PAUSE,
    /** The last message has been there. */
    END,
    /** There cannot be a next message, though the client waits for one: the connection ends. */
    FAILED
  }

  /** Composes the next message, in bounded time. */
  Step next(PacketWriter out);

  /** The client has every message, or has gone, or {@link #next} has failed; called once. */
  @Override
  void close();
}
