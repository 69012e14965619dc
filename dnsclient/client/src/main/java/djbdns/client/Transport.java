package djbdns.client;

/** How a packet travels (RFC 1035, 4.2). */
public enum Transport {
  /** One datagram each way. */
  UDP,
  /** A connection; each message follows its length in two bytes (RFC 1035, 4.2.2). */
  TCP
}
