package djbdns.tinydns.lookup;

import static djbdns.tinydns.lookup.RecordData.A;
import static djbdns.tinydns.lookup.RecordData.AAAA;
import static djbdns.tinydns.lookup.RecordData.MX;
import static djbdns.tinydns.lookup.RecordData.NS;
import static djbdns.tinydns.lookup.RecordData.SRV;

import djbdns.tinydns.cdb.Cdb;
import djbdns.wire.Limits;
import djbdns.wire.NameBytes;
import djbdns.wire.PacketWriter;
import djbdns.wire.RecordClass;
import djbdns.wire.RecordType;
import djbdns.wire.Section;

/**
 * The addresses, IPv4 and IPv6, of the hosts that an answer names: name servers, mail exchangers
 * and SRV targets, each host once. Belongs to one thread.
 */
final class Glue {
  /** Hosts per answer; what is beyond finds its address by a question of its own. */
  private static final int MAX_HOSTS = 128;

  private static final int IN = RecordClass.IN.code();

  /** No record has this type (RFC 6895, 3.1). */
  private static final int NO_TYPE = 0;

  private static final int ANY = RecordType.ANY.code();

  private final RecordCursor records = new RecordCursor();
  private final byte[][] hosts = new byte[MAX_HOSTS][Limits.NAME_BYTES];
  private final int[] hostLength = new int[MAX_HOSTS];
  private int hostCount;
  private PacketWriter out;

  void use(Cdb database) {
    records.use(database);
  }

  /** Forgets all hosts: a new answer begins. */
  void start(int clientLocation, long nowTai64, PacketWriter writer) {
    records.look(clientLocation, nowTai64);
    hostCount = 0;
    out = writer;
  }

  boolean isDamaged() {
    return records.isDamaged();
  }

  /** Remembers the host that a written record names, if its type names one. */
  void want(RecordCursor record) {
    int type = record.type();
    int skip = type == NS ? 0 : type == MX ? 2 : type == SRV ? 6 : -1;
    if (skip < 0 || hostCount == MAX_HOSTS) {
      return;
    }
    byte[] data = record.data();
    if (!RecordData.isName(data, skip, record.dataLength())) {
      return;
    }
    int length = NameBytes.length(data, skip);
    byte[] host = hosts[hostCount];
    System.arraycopy(data, skip, host, 0, length);
    NameBytes.lowerCase(host, 0, length);
    for (int i = 0; i < hostCount; i++) {
      if (hostLength[i] == length && NameBytes.equalIgnoreCase(hosts[i], 0, host, 0, length)) {
        return;
      }
    }
    hostLength[hostCount++] = length;
  }

  /**
   * Writes the addresses for a referral. Those of hosts inside the delegated zone come first:
   * without them the resolver is stuck.
   *
   * @return false if one of those did not fit, and TC must say so (RFC 9471, 3.1)
   */
  boolean writeFor(byte[] name, int cut) {
    for (int i = 0; i < hostCount; i++) {
      if (isWithin(i, name, cut) && !write(i, NO_TYPE)) {
        return false;
      }
    }
    for (int i = 0; i < hostCount; i++) {
      if (!isWithin(i, name, cut)) {
        writeIfItFits(i, NO_TYPE);
      }
    }
    return true;
  }

  /** Writes the addresses that fit, but those that the answer section holds already. */
  void writeWhatFits(byte[] name, int nameLength, int type) {
    for (int i = 0; i < hostCount; i++) {
      boolean asked =
          hostLength[i] == nameLength
              && NameBytes.equalIgnoreCase(hosts[i], 0, name, 0, nameLength);
      if (!asked) {
        writeIfItFits(i, NO_TYPE);
      } else if (type != ANY) {
        writeIfItFits(i, type);
      }
    }
  }

  /** All addresses of a host or, where there is no room for all, none. */
  private void writeIfItFits(int host, int exceptType) {
    int count = out.count(Section.ADDITIONAL);
    long mark = out.mark();
    if (!write(host, exceptType)) {
      out.rollBack(mark, Section.ADDITIONAL, count);
    }
  }

  /** Writes the addresses of a host, but those of one type; false if they do not fit. */
  private boolean write(int host, int exceptType) {
    records.find(hosts[host], 0, hostLength[host], false);
    while (records.next()) {
      int type = records.type();
      if ((type != A && type != AAAA) || type == exceptType) {
        continue;
      }
      if (!out.beginRecord(hosts[host], 0, type, IN, records.ttlSeconds())
          || !RecordData.write(records, out)) {
        return false;
      }
      out.endRecord(Section.ADDITIONAL);
    }
    return true;
  }

  /** True if the host is at or below the name that starts at {@code cut}. */
  private boolean isWithin(int host, byte[] name, int cut) {
    int zoneLength = NameBytes.length(name, cut);
    int label = 0;
    while (hostLength[host] - label > zoneLength) {
      label += 1 + hosts[host][label];
    }
    return hostLength[host] - label == zoneLength
        && NameBytes.equalIgnoreCase(hosts[host], label, name, cut, zoneLength);
  }
}
