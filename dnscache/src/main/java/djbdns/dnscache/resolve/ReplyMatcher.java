package djbdns.dnscache.resolve;

/** Placeholder with the agreed methods; the reply helper replaces all of it. */
final class ReplyMatcher {
  /** What a packet is to the packet that was sent. */
  enum Match {
    /** The reply. */
    REPLY,
    /** The reply, cut short (TC). */
    TRUNCATED,
    /** The reply but for the letter case of the question's name (0x20). */
    OTHER_CASE,
    /**
     * A response with FORMERR, NOTIMP or BADVERS to a packet with EDNS0, from a server that does
     * not know EDNS0.
     */
    NO_EDNS,
    /** Anything else: a near miss or an attack. */
    UNRELATED
  }

  /** Compares a received packet with the query that was sent; both as they were on the wire. */
  Match match(byte[] query, int queryLength, byte[] packet, int length) {
    return Match.UNRELATED;
  }
}
