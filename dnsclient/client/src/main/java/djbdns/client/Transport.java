package djbdns.client;

/** The transport of a packet (RFC 1035, 4.2). */
public enum Transport {
  /** One datagram each way. */
  UDP,
  /** A connection; each message follows its length in two bytes (RFC 1035, 4.2.2). */
  TCP
}
