package djbdns.tinydns.lookup;

import static djbdns.tinydns.lookup.RecordData.A;
import static djbdns.tinydns.lookup.RecordData.CNAME;
import static djbdns.tinydns.lookup.RecordData.IPV4_BYTES;
import static djbdns.tinydns.lookup.RecordData.MX;
import static djbdns.tinydns.lookup.RecordData.NS;
import static djbdns.tinydns.lookup.RecordData.SOA;

import djbdns.content.Outcome;
import djbdns.wire.Header;
import djbdns.wire.Limits;
import djbdns.wire.MalformedPacketException;
import djbdns.wire.NameBytes;
import djbdns.wire.PacketReader;
import djbdns.wire.PacketWriter;
import djbdns.wire.Rcode;
import djbdns.wire.RecordClass;
import djbdns.wire.RecordType;
import djbdns.wire.Section;
import java.util.random.RandomGenerator;

/**
 * Answers byte for byte as tinydns 1.05 does (tdlookup.c), its departures from the RFCs included: a
 * name without records of its own does not exist, a wildcard applies at any depth and below
 * existing names, aliases are not followed, only IPv4 addresses come along, and 512 bytes are the
 * limit.
 */
public final class CompatLookup implements Lookup {
  private static final int ANY = RecordType.ANY.code();
  private static final int IN = RecordClass.IN.code();

  private final RecordCursor records = new RecordCursor();
  private final ClientLocation location = new ClientLocation();
  private final AddressSample sample;
  private final PacketReader reader = new PacketReader();
  private final byte[] target = new byte[Limits.NAME_BYTES];
  private final byte[] owner = new byte[Limits.NAME_BYTES];
  private ZoneData data;
  private PacketWriter out;
  private byte[] name = new byte[0];
  private int nameLength;
  private boolean authoritative;

  /**
   * A lookup that has no data yet.
   *
   * @param random chooses which addresses are given, and their order
   */
  public CompatLookup(RandomGenerator random) {
    sample = new AddressSample(random);
  }

  @Override
  public void use(ZoneData newer) {
    data = newer;
    records.use(newer.cdb());
    location.use(newer);
  }

  @Override
  public Outcome answer(
      byte[] queryName,
      int queryNameLength,
      int type,
      byte[] address,
      int addressLength,
      long nowTai64,
      PacketWriter writer) {
    out = writer;
    name = queryName;
    nameLength = queryNameLength;
    records.look(data.hasLocations() ? location.of(address, addressLength) : 0, nowTai64);
    int zone = findZone();
    if (zone < 0) {
      return records.isDamaged() ? Outcome.FAILED : Outcome.OUTSIDE;
    }
    int answerStart = out.length();
    if (!authoritative) {
      out.flags(out.flags() & ~Header.AA);
    } else if (!writeAnswer(zone, type)) {
      return Outcome.FAILED;
    }
    long afterAnswer = out.mark();
    boolean empty = out.length() == answerStart;
    boolean written = (authoritative && empty) ? writeSoa(zone) : writeNameServers(zone);
    if (!written) {
      return Outcome.FAILED;
    }
    long afterAuthority = out.mark();
    if (!writeAddresses(answerStart)) {
      return Outcome.FAILED;
    }
    if (authoritative) {
      shorten(afterAnswer, afterAuthority);
    }
    return Outcome.ANSWERED;
  }

  /** Offset in the name of the nearest name with NS records; -1 for none, or a damaged record. */
  private int findZone() {
    int label = 0;
    while (true) {
      boolean nameServers = false;
      authoritative = false;
      find(label, false);
      while (records.next()) {
        authoritative |= records.type() == SOA;
        nameServers |= records.type() == NS;
      }
      if (records.isDamaged()) {
        return -1;
      }
      if (nameServers) {
        return label;
      }
      if (name[label] == 0) {
        return -1;
      }
      label += 1 + name[label];
    }
  }

  private void find(int label, boolean wildcardBelow) {
    records.find(name, label, nameLength - label, wildcardBelow);
  }

  private boolean writeAnswer(int zone, int type) {
    boolean found = false;
    boolean gaveSoa = false;
    int label = 0;
    while (true) {
      sample.clear();
      find(label, label != 0);
      while (records.next()) {
        found = true;
        int recordType = records.type();
        boolean wanted = recordType == type || type == ANY || recordType == CNAME;
        if (!wanted || (gaveSoa && recordType == SOA)) {
          continue;
        }
        if (recordType == A && records.dataLength() == IPV4_BYTES) {
          sample.add(records.data(), records.ttlSeconds());
          continue;
        }
        if (!writeRecord(name, 0, Section.ANSWER)) {
          return false;
        }
        gaveSoa |= recordType == SOA;
      }
      if (records.isDamaged() || !sample.write(name, out)) {
        return false;
      }
      if (found || label == zone) {
        break;
      }
      label += 1 + name[label];
    }
    if (!found) {
      out.flags(out.flags() | Header.AA | Rcode.NXDOMAIN.code());
    }
    return true;
  }

  private boolean writeRecord(byte[] recordOwner, int ownerOffset, Section section) {
    if (!out.beginRecord(recordOwner, ownerOffset, records.type(), IN, records.ttlSeconds())
        || !RecordData.writeAsOriginal(records, out)) {
      return false;
    }
    out.endRecord(section);
    return true;
  }

  private boolean writeSoa(int zone) {
    find(zone, false);
    while (records.next()) {
      if (records.type() == SOA) {
        return writeRecord(name, zone, Section.AUTHORITY);
      }
    }
    return !records.isDamaged();
  }

  private boolean writeNameServers(int zone) {
    if (has(name, zone, nameLength - zone, NS)) {
      return true;
    }
    find(zone, false);
    while (records.next()) {
      if (records.type() == NS && !writeRecord(name, zone, Section.AUTHORITY)) {
        return false;
      }
    }
    return !records.isDamaged();
  }

  /** Adds the addresses of every name server and mail exchanger written so far. */
  private boolean writeAddresses(int answerStart) {
    int end = out.length();
    int position = answerStart;
    try {
      while (position < end) {
        reader.wrap(out.buffer(), end);
        reader.position(position);
        reader.skipName();
        int type = reader.readU16();
        reader.skip(6);
        int dataLength = reader.readU16();
        position = reader.position() + dataLength;
        if (type != NS && type != MX) {
          continue;
        }
        reader.skip(type == MX ? 2 : 0);
        int length = reader.readName(target, 0);
        NameBytes.lowerCase(target, 0, length);
        if (!has(target, 0, length, A) && !writeAddressesOf(length)) {
          return false;
        }
      }
    } catch (MalformedPacketException e) {
      throw new IllegalStateException("wrote a malformed packet", e);
    }
    return true;
  }

  private boolean writeAddressesOf(int length) {
    records.find(target, 0, length, false);
    while (records.next()) {
      if (records.type() != A) {
        continue;
      }
      if (records.dataLength() < IPV4_BYTES
          || !out.beginRecord(target, 0, A, IN, records.ttlSeconds())
          || !out.addBytes(records.data(), 0, IPV4_BYTES)) {
        return false;
      }
      out.endRecord(Section.ADDITIONAL);
    }
    return !records.isDamaged();
  }

  /** True if a record of this owner and type has been written already. */
  private boolean has(byte[] recordOwner, int ownerOffset, int ownerLength, int type) {
    try {
      reader.wrap(out.buffer(), out.length());
      reader.position(Limits.HEADER_BYTES);
      reader.skipName();
      reader.skip(4);
      while (reader.remaining() > 0) {
        int length = reader.readName(owner, 0);
        boolean sameType = reader.readU16() == type;
        reader.skip(6);
        reader.skip(reader.readU16());
        if (sameType
            && length == ownerLength
            && NameBytes.equalIgnoreCase(owner, 0, recordOwner, ownerOffset, length)) {
          return true;
        }
      }
      return false;
    } catch (MalformedPacketException e) {
      throw new IllegalStateException("wrote a malformed packet", e);
    }
  }

  private void shorten(long afterAnswer, long afterAuthority) {
    if (out.length() > Limits.UDP_BYTES) {
      out.rollBack(afterAuthority, Section.ADDITIONAL, 0);
      if (out.length() > Limits.UDP_BYTES) {
        out.rollBack(afterAnswer, Section.AUTHORITY, 0);
      }
    }
  }
}
