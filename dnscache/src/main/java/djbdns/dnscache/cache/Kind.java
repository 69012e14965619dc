package djbdns.dnscache.cache;

/** The kinds of cache entries, by what they say of their name and type. */
public enum Kind {
  /** There are records; the data are a {@link RecordData} list. */
  RECORDS,
  /**
   * The name exists and has no records of this type (RFC 2308, 2.2); the data are the SOA record's
   * owner and then its record data, or nothing.
   */
  NODATA,
  /** The name does not exist (RFC 2308, 2.1); the data are as in {@link #NODATA}. */
  NXDOMAIN,
  /** Finding out has failed (RFC 9520); the data are two bytes, the extended error (RFC 8914). */
  FAILURE,
  /** The zone of this name is served elsewhere; the data are the resolver's business. */
  DELEGATION
}
