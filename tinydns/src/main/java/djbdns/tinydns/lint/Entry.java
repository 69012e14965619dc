package djbdns.tinydns.lint;

import djbdns.wire.Bytes;
import djbdns.wire.RecordType;

/**
 * A record of the data file.
 *
 * @param implied made besides what the line is about: the PTR of {@code =}, the address of a server
 * @param type 0 to 65535
 * @param location two bytes, 0 for everybody
 * @param ttlSeconds 0 to 2<sup>32</sup> - 1
 * @param timestamp TAI64 label, 0 for none: the record's birth, or its death if the TTL is 0
 */
record Entry(
    long line,
    boolean implied,
    int type,
    int location,
    long ttlSeconds,
    long timestamp,
    Bytes data) {
  /** What decides who sees a record and when. */
  record Audience(int location, long timestamp, boolean dies) {
    /** Whether there is a moment and a client that see records of both. */
    boolean meets(Audience other) {
      boolean place = location == other.location || location == 0 || other.location == 0;
      return place && !isOverBefore(other) && !other.isOverBefore(this);
    }

    private boolean isOverBefore(Audience other) {
      return dies
          && other.timestamp != 0
          && !other.dies
          && Long.compareUnsigned(timestamp, other.timestamp) <= 0;
    }
  }

  Audience audience() {
    return new Audience(location, timestamp, dies());
  }

  /** Whether the timestamp is the record's end. */
  boolean dies() {
    return timestamp != 0 && ttlSeconds == 0;
  }

  boolean is(RecordType wanted) {
    return type == wanted.code();
  }

  boolean isAddress() {
    return is(RecordType.A) || is(RecordType.AAAA);
  }

  RecordType recordType() {
    return new RecordType(type);
  }
}
