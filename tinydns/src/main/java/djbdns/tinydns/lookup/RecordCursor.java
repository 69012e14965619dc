package djbdns.tinydns.lookup;

import djbdns.tinydns.cdb.Cdb;
import djbdns.tinydns.cdb.CdbCursor;

/**
 * Walks through the records of a name that a client may see now; belongs to one thread, is meant to
 * be reused and allocates nothing. A record's value in data.cdb (tinydns-data.c):
 *
 * <pre>
 * | type 2 | marker 1 | location 2, if the marker is > or + | TTL 4 | time 8 | data |
 * </pre>
 *
 * The marker is {@code =} or {@code >} for a record of the name itself, {@code *} or {@code +} for
 * one of the wildcard below it. The time is a TAI64 label or 0: the record's birth, or its death if
 * the TTL is 0. Numbers are big-endian.
 */
final class RecordCursor {
  /** Largest value that 1.05 can serve (tdlookup.c). */
  static final int MAX_VALUE_BYTES = 32767;

  /** Served TTL of a record that dies at a set time: the seconds left, within these bounds. */
  static final int MIN_DYING_TTL_SECONDS = 2;

  static final int MAX_DYING_TTL_SECONDS = 3600;

  private static final int TIME_BYTES = 8;

  /** The data of the record, once somebody has asked for them. */
  private final byte[] data = new byte[MAX_VALUE_BYTES];

  private boolean loaded;
  private final CdbCursor cursor = new CdbCursor();
  private Cdb cdb;
  private int location;
  private long now;
  private boolean wildcard;
  private boolean damaged;

  private long dataPosition;
  private int dataLength;
  private int type;
  private long ttlSeconds;
  private boolean dying;

  /** Walks through this database from now on; needed before the first walk. */
  void use(Cdb database) {
    cdb = database;
    cursor.use(database);
  }

  /**
   * Whose eyes the records are seen with from now on; also clears {@link #isDamaged}.
   *
   * @param clientLocation the two bytes of the client's location, 0 for none
   * @param nowTai64 the time as a TAI64 label
   */
  void look(int clientLocation, long nowTai64) {
    location = clientLocation;
    now = nowTai64;
    damaged = false;
  }

  /**
   * Starts a walk through the records of a name, or of the wildcard below it.
   *
   * @param name lower-case, uncompressed; not copied
   */
  void find(byte[] name, int offset, int length, boolean wildcardBelow) {
    wildcard = wildcardBelow;
    cursor.find(name, offset, length);
  }

  /** Moves to the next visible record; false if there is none, or a value cannot be read. */
  boolean next() {
    while (!damaged && cursor.next()) {
      if (isVisible(cursor.data(), cursor.dataLength())) {
        loaded = false;
        return true;
      }
    }
    return false;
  }

  /**
   * Looks at one record wherever it lies in the database, of a name or a wildcard; false if it is
   * not visible, or cannot be read.
   */
  boolean see(long value, int valueLength) {
    int marker = valueLength > 2 ? cdb.byteAt(value + 2) : 0;
    wildcard = marker == '*' || marker == '*' + 1;
    loaded = false;
    return isVisible(value, valueLength);
  }

  /** True if the record looked at last is one of a wildcard. */
  boolean isWildcard() {
    return wildcard;
  }

  private boolean isVisible(long value, int valueLength) {
    if (valueLength > MAX_VALUE_BYTES || valueLength < 3) {
      damaged = true;
      return false;
    }
    int marker = cdb.byteAt(value + 2);
    boolean located = marker == '=' + 1 || marker == '*' + 1;
    int ttlOffset = located ? 5 : 3;
    int headBytes = ttlOffset + 4 + TIME_BYTES;
    if (located) {
      marker--;
      if (valueLength < ttlOffset) {
        damaged = true;
        return false;
      }
      if (cdb.bigEndian16(value + 3) != location) {
        return false;
      }
    }
    if (wildcard != (marker == '*')) {
      return false;
    }
    if (valueLength < headBytes) {
      damaged = true;
      return false;
    }
    type = cdb.bigEndian16(value);
    ttlSeconds = cdb.bigEndian32(value + ttlOffset);
    dataPosition = value + headBytes;
    dataLength = valueLength - headBytes;
    long time = cdb.bigEndian64(value + ttlOffset + 4);
    dying = ttlSeconds == 0 && time != 0;
    return time == 0 || isAlive(time);
  }

  private boolean isAlive(long time) {
    if (ttlSeconds != 0) {
      return Long.compareUnsigned(time, now) < 0;
    }
    if (Long.compareUnsigned(time, now) < 0) {
      return false;
    }
    long left = time - now;
    ttlSeconds =
        Long.compareUnsigned(left, MAX_DYING_TTL_SECONDS) >= 0
            ? MAX_DYING_TTL_SECONDS
            : Math.max(left, MIN_DYING_TTL_SECONDS);
    return true;
  }

  /** True if a value was met that is too short or too long; the walk ended there. */
  boolean isDamaged() {
    return damaged;
  }

  int type() {
    return type;
  }

  /** True if the record dies at a set time. */
  boolean isDying() {
    return dying;
  }

  long ttlSeconds() {
    return ttlSeconds;
  }

  /** The record's data, {@link #dataLength()} bytes from the start; valid until {@link #next}. */
  byte[] data() {
    if (!loaded) {
      cdb.copy(dataPosition, data, 0, dataLength);
      loaded = true;
    }
    return data;
  }

  int dataLength() {
    return dataLength;
  }
}
