package djbdns.tinydns.lookup;

import static djbdns.tinydns.lookup.RecordData.SOA;

import djbdns.tinydns.cdb.Cdb;
import djbdns.tinydns.cdb.CdbException;
import djbdns.tinydns.cdb.CdbScan;
import djbdns.wire.Name;
import java.util.ArrayList;
import java.util.List;

/**
 * The records of a whole database that a client may see now: which zones there are, and how much of
 * one stays hidden. Every call goes through the file once. The data must stay open. One thread.
 */
public final class ZoneCensus {
  private final Cdb cdb;
  private final RecordCursor records = new RecordCursor();
  private final int location;
  private final long nowTai64;

  /**
   * The view of one client.
   *
   * @param address the client's, 4 or 16 bytes
   * @param nowTai64 the time, see {@link Tai64}
   */
  public ZoneCensus(ZoneData data, byte[] address, long nowTai64) {
    cdb = data.cdb();
    records.use(cdb);
    ClientLocation locations = new ClientLocation();
    locations.use(data);
    location = locations.of(address, address.length);
    this.nowTai64 = nowTai64;
  }

  /** The names that have an SOA record, in the order of the file. */
  public List<Name> zones() throws CdbException {
    List<Name> zones = new ArrayList<>();
    CdbScan scan = new CdbScan(cdb);
    while (nextRecord(scan)) {
      if (isSeen(scan) && records.type() == SOA && !records.isWildcard()) {
        zones.add(owner(scan));
      }
    }
    return zones;
  }

  /** Records of the zone's name and names below it that the client does not see. */
  public long hiddenRecords(Name zone) throws CdbException {
    long count = 0;
    CdbScan scan = new CdbScan(cdb);
    while (nextRecord(scan)) {
      if (!isSeen(scan) && owner(scan).isWithin(zone)) {
        count++;
      }
    }
    return count;
  }

  private boolean nextRecord(CdbScan scan) throws CdbException {
    boolean found = scan.next();
    while (found && ZoneData.isLocation(cdb, scan.key(), scan.keyLength())) {
      found = scan.next();
    }
    return found;
  }

  private boolean isSeen(CdbScan scan) {
    // Each time anew: a record that cannot be read hides no other.
    records.look(location, nowTai64);
    return records.see(scan.data(), scan.dataLength());
  }

  private Name owner(CdbScan scan) {
    byte[] key = new byte[scan.keyLength()];
    cdb.copy(scan.key(), key, 0, key.length);
    return Name.ofWire(key, 0);
  }
}
