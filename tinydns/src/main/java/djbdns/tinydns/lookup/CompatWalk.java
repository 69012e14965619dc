package djbdns.tinydns.lookup;

import static djbdns.tinydns.lookup.RecordData.SOA;

import djbdns.tinydns.cdb.Cdb;
import djbdns.tinydns.cdb.CdbException;
import djbdns.tinydns.cdb.CdbScan;
import djbdns.wire.Limits;
import djbdns.wire.Name;
import djbdns.wire.PacketWriter;
import djbdns.wire.RecordClass;
import djbdns.wire.Section;

/**
 * Goes through the records that axfrdns 1.05 sends for a zone (axfrdns.c): all at or below the name
 * that the client may see, those of child zones included, but for SOA records; the zone's own is to
 * be had apart. The data must stay open. Belongs to one thread.
 */
public final class CompatWalk {
  private static final int IN = RecordClass.IN.code();
  private static final int SCANNED_PER_STEP = 4096;
  private static final int WILDCARD_BYTES = 2;

  private final Cdb cdb;
  private final RecordCursor records = new RecordCursor();
  private final CdbScan scan;
  private final byte[] apex;

  /** The label of a wildcard, and the name of the record's key. */
  private final byte[] owner = new byte[WILDCARD_BYTES + Limits.NAME_BYTES];

  private int ownerOffset;

  /**
   * A walk that stands before the first record.
   *
   * @param address the client's, 4 or 16 bytes
   * @param nowTai64 the time, see {@link Tai64}
   */
  public CompatWalk(ZoneData data, Name zone, byte[] address, int addressLength, long nowTai64) {
    cdb = data.cdb();
    scan = new CdbScan(cdb);
    apex = zone.lowerCase().toWire();
    owner[0] = 1;
    owner[1] = '*';
    ClientLocation location = new ClientLocation();
    location.use(data);
    records.use(cdb);
    records.look(data.hasLocations() ? location.of(address, addressLength) : 0, nowTai64);
  }

  /** Moves to the zone's SOA record; false if there is none. */
  public boolean toSoa() {
    System.arraycopy(apex, 0, owner, WILDCARD_BYTES, apex.length);
    ownerOffset = WILDCARD_BYTES;
    records.find(apex, 0, apex.length, false);
    while (records.next()) {
      if (records.type() == SOA) {
        return RecordData.soaNumbers(records.data(), records.dataLength()) >= 0;
      }
    }
    return false;
  }

  /** Moves on by one record, or a number of records of other names. */
  public ZoneWalk.Step next() {
    try {
      for (int i = 0; i < SCANNED_PER_STEP; i++) {
        if (!scan.next()) {
          return ZoneWalk.Step.END;
        }
        if (isBelowApex() && records.see(scan.data(), scan.dataLength()) && records.type() != SOA) {
          ownerOffset = records.isWildcard() ? 0 : WILDCARD_BYTES;
          return ZoneWalk.Step.RECORD;
        }
        if (records.isDamaged()) {
          return ZoneWalk.Step.DAMAGED;
        }
      }
      return ZoneWalk.Step.PAUSE;
    } catch (CdbException e) {
      // The file was checked when it was loaded.
      throw new IllegalStateException(e);
    }
  }

  private boolean isBelowApex() {
    int length = scan.keyLength();
    if (ZoneData.isLocation(cdb, scan.key(), length) || length < apex.length) {
      return false;
    }
    cdb.copy(scan.key(), owner, WILDCARD_BYTES, length);
    int label = WILDCARD_BYTES;
    int start = WILDCARD_BYTES + length - apex.length;
    while (label < start) {
      label += 1 + owner[label];
    }
    return label == start && cdb.matches(scan.key() + length - apex.length, apex, 0, apex.length);
  }

  /** Adds the record to the answer section, all names whole; false if it does not fit. */
  public boolean writeTo(PacketWriter out) {
    long ttlSeconds = records.isDying() ? RecordCursor.MIN_DYING_TTL_SECONDS : records.ttlSeconds();
    if (!out.beginRecord(owner, ownerOffset, records.type(), IN, ttlSeconds)
        || !out.addBytes(records.data(), 0, records.dataLength())) {
      return false;
    }
    out.endRecord(Section.ANSWER);
    return true;
  }
}
