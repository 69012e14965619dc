package djbdns.dnscache.sim;

import djbdns.dnscache.resolve.Upstream.SendFailure;

/** What a server can do about a query. */
interface Reactions {
  /** Sends a packet after a delay; the link adds its own. */
  void packet(long delayNs, byte[] packet);

  /** Has the port closed, or breaks the connection. */
  void failure(SendFailure failure);
}
