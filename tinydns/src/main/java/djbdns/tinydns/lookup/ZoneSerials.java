package djbdns.tinydns.lookup;

import static djbdns.tinydns.lookup.RecordData.NS;
import static djbdns.tinydns.lookup.RecordData.SOA;

import djbdns.tinydns.cdb.Cdb;
import djbdns.tinydns.cdb.CdbException;
import djbdns.tinydns.cdb.CdbScan;
import djbdns.wire.Name;
import java.util.LinkedHashMap;
import java.util.Map;

/** The zones in {@link ZoneData} that a client without a location may see, and their versions. */
public final class ZoneSerials {
  private ZoneSerials() {}

  /**
   * The serial number of each zone, by the zone's name, in the order of the file.
   *
   * @param nowTai64 the time, see {@link Tai64}
   */
  public static Map<Name, Long> of(ZoneData data, long nowTai64) {
    Cdb cdb = data.cdb();
    RecordCursor records = new RecordCursor();
    RecordCursor servers = new RecordCursor();
    records.use(cdb);
    servers.use(cdb);
    records.look(0, nowTai64);
    servers.look(0, nowTai64);
    Map<Name, Long> serials = new LinkedHashMap<>();
    CdbScan scan = new CdbScan(cdb);
    try {
      while (scan.next()) {
        if (ZoneData.isLocation(cdb, scan.key(), scan.keyLength())
            || !records.see(scan.data(), scan.dataLength())
            || records.isWildcard()
            || records.type() != SOA) {
          continue;
        }
        byte[] zone = new byte[scan.keyLength()];
        cdb.copy(scan.key(), zone, 0, zone.length);
        int numbers = RecordData.soaNumbers(records.data(), records.dataLength());
        if (numbers >= 0 && hasServers(servers, zone)) {
          serials.putIfAbsent(Name.ofWire(zone, 0), RecordData.u32(records.data(), numbers));
        }
      }
    } catch (CdbException e) {
      // The file was checked when it was loaded.
      throw new IllegalStateException(e);
    }
    return serials;
  }

  private static boolean hasServers(RecordCursor records, byte[] zone) {
    records.find(zone, 0, zone.length, false);
    while (records.next()) {
      if (records.type() == NS) {
        return true;
      }
    }
    return false;
  }
}
