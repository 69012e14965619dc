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
  /** The terms that decide who sees a record and when. */
  record Audience(int location, long timestamp, boolean dies) implements Comparable<Audience> {
    /** Keeps hash tables quick if somebody chooses timestamps of which many have one hash. */
    @Override
    public int compareTo(Audience other) {
      int byTime = Long.compare(timestamp, other.timestamp);
      int byPlace = byTime != 0 ? byTime : Integer.compare(location, other.location);
      return byPlace != 0 ? byPlace : Boolean.compare(dies, other.dies);
    }

    /** True if there is a moment and a client that see records of both. */
    boolean meets(Audience other) {
      boolean place = location == other.location || location == 0 || other.location == 0;
      return place
          && Long.compareUnsigned(first(), other.last()) <= 0
          && Long.compareUnsigned(other.first(), last()) <= 0;
    }

    /** True if everybody who sees records of the other sees records of this one too. */
    boolean covers(Audience other) {
      return (location == 0 || location == other.location)
          && Long.compareUnsigned(first(), other.first()) <= 0
          && Long.compareUnsigned(last(), other.last()) >= 0;
    }

    /** The first second that sees the record as an unsigned label; 0 if it always was. */
    long first() {
      return dies ? 0 : timestamp;
    }

    /** The last second that sees the record as an unsigned label; the highest if it stays. */
    long last() {
      return dies ? timestamp - 1 : -1;
    }
  }

  Audience audience() {
    return new Audience(location, timestamp, dies());
  }

  /** True if the timestamp is the record's end. */
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
