package djbdns.tinydns.lookup;

import static djbdns.tinydns.lookup.RecordData.A;
import static djbdns.tinydns.lookup.RecordData.AAAA;
import static djbdns.tinydns.lookup.RecordData.NS;
import static djbdns.tinydns.lookup.RecordData.SOA;

import djbdns.tinydns.cdb.Cdb;
import djbdns.tinydns.cdb.CdbException;
import djbdns.tinydns.cdb.CdbScan;
import djbdns.wire.Limits;
import djbdns.wire.Name;
import djbdns.wire.NameBytes;
import djbdns.wire.PacketWriter;
import djbdns.wire.RecordClass;
import djbdns.wire.RecordType;
import djbdns.wire.Section;
import java.util.Optional;

/**
 * Goes through the records of one zone as a client may see them now: SOA first, then those of the
 * zone's names in the order of the file, delegations with their NS, DS, NSEC and RRSIG records and
 * the addresses of the zone's name servers below them (glue), and nothing else of what is below a
 * delegation or a DNAME (RFC 5936, 3.3; RFC 6672, 2.4). The data must stay open. Belongs to one
 * thread.
 *
 * <p>It goes through the file twice, first for delegations, and between these once more for the
 * name servers if there are any delegations, in steps of bounded length.
 */
public final class ZoneWalk implements AutoCloseable {
  /** The outcome of a step. */
  public enum Step {
    /** A record, which the accessors now speak of. */
    RECORD,
    /** Some records of other names further: a good moment for other work. */
    PAUSE,
    /** All records have been there. */
    END,
    /** A record that cannot be read: there is no more to be had. */
    DAMAGED
  }

  private enum Phase {
    AUTHORITY,
    DELEGATIONS,
    HOSTS,
    RECORDS
  }

  private static final int DS = RecordType.DS.code();
  private static final int NSEC = RecordType.NSEC.code();
  private static final int RRSIG = RecordType.RRSIG.code();
  private static final int IN = RecordClass.IN.code();
  private static final int NOWHERE = -1;

  /** Records of other names passed over in one step. */
  private static final int SCANNED_PER_STEP = 4096;

  /** Room before the name of a key, for the label of a wildcard. */
  private static final int WILDCARD_BYTES = 2;

  private final Cdb cdb;
  private final RecordCursor records = new RecordCursor();
  private final byte[] apex;
  private final NameSet cuts;
  private final NameSet aliasedTrees;
  private final NameSet hosts;

  /** Names below the zone that have SOA records: what is there is another zone's. */
  private final NameSet otherZones;

  private CdbScan scan;
  private Phase phase = Phase.AUTHORITY;

  /** The owner of the record at hand, from {@code ownerOffset} to {@code ownerEnd}. */
  private final byte[] owner = new byte[WILDCARD_BYTES + Limits.NAME_BYTES];

  private int ownerOffset;
  private int ownerEnd;

  private long occluded;
  private Optional<Name> firstOccluded = Optional.empty();

  /**
   * A walk that stands before the SOA record.
   *
   * @param address the client's, 4 or 16 bytes
   * @param nowTai64 the time, see {@link Tai64}
   * @param hashKey random bits
   */
  public ZoneWalk(
      ZoneData data, Name zone, byte[] address, int addressLength, long nowTai64, long hashKey) {
    cdb = data.cdb();
    scan = new CdbScan(cdb);
    apex = zone.lowerCase().toWire();
    cuts = new NameSet(hashKey);
    aliasedTrees = new NameSet(hashKey);
    hosts = new NameSet(hashKey);
    otherZones = new NameSet(hashKey);
    ClientLocation location = new ClientLocation();
    location.use(data);
    records.use(cdb);
    records.look(data.hasLocations() ? location.of(address, addressLength) : 0, nowTai64);
  }

  /** True if the client may see a zone of this name: SOA and NS records. */
  public boolean hasZone() {
    boolean nameServers = false;
    boolean authority = false;
    findApex();
    while (records.next()) {
      authority |= records.type() == SOA;
      nameServers |= records.type() == NS;
    }
    return authority && nameServers && !records.isDamaged();
  }

  private void findApex() {
    records.find(apex, 0, apex.length, false);
  }

  /** Moves to the zone's SOA record, which a transfer ends with as well; false without one. */
  public boolean toSoa() {
    System.arraycopy(apex, 0, owner, WILDCARD_BYTES, apex.length);
    ownerOffset = WILDCARD_BYTES;
    ownerEnd = WILDCARD_BYTES + apex.length;
    findApex();
    while (records.next()) {
      if (records.type() == SOA) {
        return RecordData.soaNumbers(records.data(), records.dataLength()) >= 0;
      }
    }
    return false;
  }

  /** The serial number of the SOA record that was moved to. */
  public long serial() {
    int numbers = RecordData.soaNumbers(records.data(), records.dataLength());
    return RecordData.u32(records.data(), numbers);
  }

  /** Moves on by one record, or a number of records of other names. */
  public Step next() {
    try {
      return switch (phase) {
        case AUTHORITY -> {
          phase = Phase.DELEGATIONS;
          yield toSoa() ? Step.RECORD : Step.DAMAGED;
        }
        case DELEGATIONS, HOSTS -> prepare() ? nextRecord() : pauseOrDamage();
        case RECORDS -> nextRecord();
      };
    } catch (CdbException e) {
      // The file was checked when it was loaded.
      throw new IllegalStateException(e);
    }
  }

  /** Looks at some records more; true when all have been seen as often as needed. */
  private boolean prepare() throws CdbException {
    for (int i = 0; i < SCANNED_PER_STEP && !records.isDamaged(); i++) {
      if (!scan.next()) {
        scan = new CdbScan(cdb);
        phase = phase == Phase.DELEGATIONS && !cuts.isEmpty() ? Phase.HOSTS : Phase.RECORDS;
        if (phase == Phase.RECORDS) {
          return true;
        }
        continue;
      }
      if (!seesRecordOfZone()) {
        continue;
      }
      if (phase == Phase.HOSTS) {
        noteHost();
      } else if (!records.isWildcard()) {
        noteCut();
      }
    }
    return false;
  }

  private Step pauseOrDamage() {
    return records.isDamaged() ? Step.DAMAGED : Step.PAUSE;
  }

  /** True if the record under the scan is the client's to see, with an owner in the zone. */
  private boolean seesRecordOfZone() {
    int length = scan.keyLength();
    long tail = scan.key() + length - apex.length;
    if (length < apex.length
        || length > Limits.NAME_BYTES
        || !cdb.matches(tail, apex, 0, apex.length)
        || ZoneData.isLocation(cdb, scan.key(), length)
        || !records.see(scan.data(), scan.dataLength())) {
      return false;
    }
    cdb.copy(scan.key(), owner, WILDCARD_BYTES, length);
    ownerEnd = WILDCARD_BYTES + length;
    ownerOffset = records.isWildcard() ? 0 : WILDCARD_BYTES;
    owner[0] = 1;
    owner[1] = '*';
    int label = WILDCARD_BYTES;
    while (label < apexStart()) {
      label += 1 + owner[label];
    }
    return label == apexStart();
  }

  private int apexStart() {
    return ownerEnd - apex.length;
  }

  private void noteCut() {
    int length = ownerEnd - ownerOffset;
    if (RecordData.isRedirection(records)) {
      aliasedTrees.add(owner, ownerOffset, length);
    }
    if (records.type() == NS && ownerOffset != apexStart()) {
      cuts.add(owner, ownerOffset, length);
    }
    if (records.type() == SOA && ownerOffset != apexStart()) {
      otherZones.add(owner, ownerOffset, length);
    }
  }

  /** Notes a name server of the zone or of a zone delegated by it, not one of zones below that. */
  private void noteHost() {
    if (records.type() != NS || !isOfZone()) {
      return;
    }
    byte[] host = records.data();
    if (RecordData.isName(host, 0, records.dataLength())) {
      int hostLength = NameBytes.length(host, 0);
      NameBytes.lowerCase(host, 0, hostLength);
      hosts.add(host, 0, hostLength);
    }
  }

  private Step nextRecord() throws CdbException {
    for (int i = 0; i < SCANNED_PER_STEP; i++) {
      if (!scan.next()) {
        return records.isDamaged() ? Step.DAMAGED : Step.END;
      }
      if (!seesRecordOfZone()) {
        continue;
      }
      if (isOfZone()) {
        return RecordData.hasForm(records.type(), records.data(), records.dataLength())
            ? Step.RECORD
            : Step.DAMAGED;
      }
      noteOccluded();
    }
    return Step.PAUSE;
  }

  /** Notes a record that is below a delegation or a DNAME, unless another zone has it. */
  private void noteOccluded() {
    if (ownerOffset == apexStart() || isOfOtherZone()) {
      return;
    }
    occluded++;
    if (firstOccluded.isEmpty()) {
      firstOccluded = Optional.of(Name.ofWire(owner, ownerOffset));
    }
  }

  private boolean isOfOtherZone() {
    for (int label = ownerOffset; label != apexStart(); label += 1 + owner[label]) {
      if (otherZones.contains(owner, label, ownerEnd - label)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Records that the walk has left out because a delegation or a DNAME hides them, and which no
   * other zone of the data has (RFC 5936, 3.5).
   */
  public long occluded() {
    return occluded;
  }

  /** The owner of the first of those records. */
  public Optional<Name> firstOccluded() {
    return firstOccluded;
  }

  private boolean isOfZone() {
    if (ownerOffset == apexStart()) {
      // The DS records of this name belong to the zone above (RFC 4035, 2.4).
      return records.type() != SOA && records.type() != DS;
    }
    if (isAliasedAway()) {
      return false;
    }
    int cut = topmostCut();
    if (cut == NOWHERE) {
      return true;
    }
    int type = records.type();
    if (cut == ownerOffset && isOfDelegation(type)) {
      return true;
    }
    return (type == A || type == AAAA)
        && hosts.contains(owner, ownerOffset, ownerEnd - ownerOffset);
  }

  /** True if the zone above a delegation has records of this type there (RFC 4035, 2). */
  private static boolean isOfDelegation(int type) {
    return type == NS || type == DS || type == NSEC || type == RRSIG;
  }

  /** True if a name above the owner has a DNAME record. */
  private boolean isAliasedAway() {
    if (aliasedTrees.isEmpty()) {
      return false;
    }
    int label = ownerOffset;
    while (label != apexStart()) {
      label += 1 + owner[label];
      if (aliasedTrees.contains(owner, label, ownerEnd - label)) {
        return true;
      }
    }
    return false;
  }

  /** The start of the name of the topmost delegation at or above the owner. */
  private int topmostCut() {
    int cut = NOWHERE;
    if (!cuts.isEmpty()) {
      for (int label = ownerOffset; label != apexStart(); label += 1 + owner[label]) {
        if (cuts.contains(owner, label, ownerEnd - label)) {
          cut = label;
        }
      }
    }
    return cut;
  }

  /** The record's owner in small letters, {@code *} and all, from {@link #ownerOffset()}. */
  public byte[] owner() {
    return owner;
  }

  public int ownerOffset() {
    return ownerOffset;
  }

  public int type() {
    return records.type();
  }

  public long ttlSeconds() {
    return records.ttlSeconds();
  }

  /** The record's data in wire form, {@link #dataLength()} bytes; valid until the next step. */
  public byte[] data() {
    return records.data();
  }

  public int dataLength() {
    return records.dataLength();
  }

  /** Adds the record to the answer section, names as they are; false if it does not fit. */
  public boolean writeTo(PacketWriter out) {
    if (!out.beginRecordAsIs(owner, ownerOffset, records.type(), IN, records.ttlSeconds())
        || !RecordData.write(records, out)) {
      return false;
    }
    out.endRecord(Section.ANSWER);
    return true;
  }

  @Override
  public void close() {
    cuts.close();
    aliasedTrees.close();
    hosts.close();
    otherZones.close();
  }
}
