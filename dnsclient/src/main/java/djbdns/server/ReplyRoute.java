package djbdns.server;

import java.net.InetSocketAddress;

/** A socket through which a query came. */
interface ReplyRoute {
  /** Promises a response to the query at hand. */
  ReplyPath defer(InetSocketAddress client);
}
