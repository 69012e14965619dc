package djbdns.dnscache.resolve.reply;

import djbdns.dnscache.cache.RecordData;
import djbdns.wire.Name;

/**
 * The records of one owner and type (RFC 2181, 5).
 *
 * @param type 0 to 65535
 * @param expiresAt Unix seconds
 * @param data a {@link RecordData} list of at least one record; nobody may change it
 */
// A record set is handed over and never compared, so an array is as good as a value.
@SuppressWarnings("ArrayRecordComponent")
public record Rrset(Name owner, int type, long expiresAt, byte[] data) {
  /** Seconds left at a time, at least 0. */
  public long ttlAt(long unixSeconds) {
    return Math.max(0, expiresAt - unixSeconds);
  }

  /** Records in the set. */
  public int count() {
    return RecordData.count(data, 0, data.length);
  }

  /** The name that the first record's data start with, as in CNAME, DNAME, NS and PTR records. */
  public Name firstName() {
    return Name.ofWire(data, RecordData.start(0));
  }
}
