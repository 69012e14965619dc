package djbdns.dnscache.resolve;

import djbdns.wire.Name;

/** Placeholder with the agreed methods; the reply helper replaces all of it. */
final class ReplyReader {
  /**
   * What was asked, and on whose behalf.
   *
   * @param name what was asked; records of other owners count only on the way from it
   * @param type 0 to 65535
   * @param zone whose servers were asked: nothing outside it counts
   * @param forwarded the server is a cache (RD=1): delegations mean nothing
   */
  record Context(Name name, int type, Delegation zone, boolean forwarded, long unixSeconds) {}

  ReplyReader(ConfiguredZones configured, ResolverConfig config) {}

  /** Reads a reply whose header and question are known to be right (see ReplyMatcher). */
  Reply read(byte[] packet, int length, Context context) {
    return new Reply.Malformed();
  }
}
