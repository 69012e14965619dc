package djbdns.dnscache.resolve;

import djbdns.wire.Bytes;

/** Waits for an answer. Called on the resolver's thread, once. */
public interface Waiter {
  /** Whose share of the resolver this is: an IPv4 address, or an IPv6 network of 8 bytes. */
  Bytes client();

  void answered(Answer answer);

  /** Has had to give way to others: there are too many queries. */
  void dropped();
}
