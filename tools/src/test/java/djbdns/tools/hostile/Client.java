package djbdns.tools.hostile;

import java.io.IOException;
import java.nio.channels.Selector;

/** One client of the resolver, driven by a {@link ClientLoop} in its thread. */
interface Client {
  /** Opens its sockets; each key's attachment is what is to run when the socket is ready. */
  void open(Selector selector) throws IOException;

  /** Sends what is due. */
  void tick(long nowNanos) throws IOException;

  void close() throws IOException;
}
