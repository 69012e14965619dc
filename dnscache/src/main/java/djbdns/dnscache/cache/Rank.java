package djbdns.dnscache.cache;

/**
 * The trust in data, lowest first (RFC 2181, 5.4.1). Data never replace live data of a higher rank.
 */
public enum Rank {
  /** Not data at all: a failure to get any. */
  FAILURE,
  /** From a referral: the parent's word on where a zone is served. */
  REFERRAL,
  /** The answer of a server that does not claim authority, such as another cache. */
  NON_AUTHORITATIVE,
  /** The answer of a server with authority. */
  AUTHORITATIVE
}
