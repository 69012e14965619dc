package djbdns.dnscache.sim;

import djbdns.dnscache.resolve.Upstream.SendFailure;

/** What a server can do about a query. */
interface Reactions {
  /** Sends a packet after a delay; the link adds its own. */
  void packet(long delayNs, byte[] packet);

  /** Sends a packet over TCP, its first piece after a delay and its last after another. */
  void pieces(long firstNs, long lastNs, byte[] packet);

  /** Does something after a delay. */
  void later(long delayNs, Runnable action);

  /** Has the port closed, or breaks the connection. */
  void failure(SendFailure failure);
}
