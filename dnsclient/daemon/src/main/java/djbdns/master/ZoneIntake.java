package djbdns.master;

import djbdns.wire.Excerpt;
import djbdns.wire.Limits;
import djbdns.wire.MalformedPacketException;
import djbdns.wire.Name;
import djbdns.wire.PacketReader;
import djbdns.wire.RecordType;
import djbdns.wire.message.ResourceRecord;
import djbdns.wire.rdata.RdataBytes;
import djbdns.wire.rdata.RdataRules;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/**
 * Lets the records of one zone through and keeps the rest out: records outside of the zone and
 * those that are there already go, with a warning; what makes BIND and NSD refuse a zone is an
 * error. Keeps 32 to 64 bytes of memory for a record and as much for a name. One thread.
 */
public final class ZoneIntake implements MasterSink {
  /** Takes the records of the zone. */
  public interface Output {
    void record(ResourceRecord record) throws IOException;

    void warn(Position position, String what);

    void error(MasterException error);
  }

  /** Most names that the data of one record have. */
  private static final int MOST_NAMES = 2;

  private final PacketReader reader = new PacketReader();
  private final Name zone;
  private final Output output;
  private final Fingerprints records;
  private final ZoneFaults faults;
  private final HiddenNames hiddenNames;
  private byte[] bytes = new byte[1 << 12];
  private boolean isSigned;

  /** The first zone of the file that is not the one it should have. */
  private Optional<Name> otherZone = Optional.empty();

  /**
   * An intake of one zone.
   *
   * @param seed unknown to whoever wrote the files
   */
  public ZoneIntake(Name zone, long seed, Output output) {
    this.zone = zone;
    this.output = output;
    records = new Fingerprints(seed);
    faults = new ZoneFaults(zone, seed);
    hiddenNames = new HiddenNames(zone, faults, seed);
  }

  /** The fault of the zone as a whole, once all records have been taken. */
  public Optional<String> faultAtEnd() {
    String other =
        faults.hasSoa()
            ? ""
            : otherZone.map(name -> "; the file has one of " + shown(name)).orElse("");
    return faults.atEnd().map(what -> what + other);
  }

  @Override
  public void record(Position position, ResourceRecord record) throws MasterException, IOException {
    if (!RdataRules.isForZones(record.type())) {
      throw new MasterException(position, "type " + record.type() + " is not for data");
    }
    if (!record.owner().isWithin(zone)) {
      if (record.type().equals(RecordType.SOA)) {
        otherZone = otherZone.or(() -> Optional.of(record.owner()));
      }
      warn(position, shown(record.owner()) + " is outside of the zone: left out");
    } else if (isNew(record)) {
      checkFaults(position, record);
      warnOfSignatures(position, record);
      hiddenNames
          .next(record.owner(), record.type())
          .ifPresent(dname ->
              warn(
                  position,
                  "names below the DNAME of "
                      + shown(dname)
                      + " are never served, and NSD refuses a zone with them"));
      output.record(record);
    } else {
      warn(
          position, record.type() + " of " + shown(record.owner()) + " is there already: left out");
    }
  }

  private static String shown(Name name) {
    return Excerpt.of(name.toString());
  }

  /** Once: answers have neither signatures nor proofs that something does not exist. */
  private void warnOfSignatures(Position position, ResourceRecord record) {
    if (!isSigned && record.type().equals(RecordType.DNSKEY) && record.owner().equals(zone)) {
      isSigned = true;
      warn(
          position,
          "zone is signed, but tinydns proves nothing: first remove the DS record of "
              + shown(zone)
              + " from the zone above and wait until its TTL has passed, or resolvers that validate"
              + " answer SERVFAIL");
    }
  }

  @Override
  public void warn(Position position, String what) {
    output.warn(position, what);
  }

  @Override
  public void error(MasterException error) {
    output.error(error);
  }

  /**
   * Records with the same data are the same, whatever their TTL (RFC 2181, 5) and the letters of
   * the names in them (RFC 4343, 3).
   */
  private boolean isNew(ResourceRecord record) {
    byte[] data = inSmallLetters(record.type().code(), record.rdata().toWire().toArray());
    int length = putOwner(record.owner());
    bytes = bytes.length < length + 2 + data.length ? Arrays.copyOf(bytes, 1 << 17) : bytes;
    bytes[length++] = (byte) (record.type().code() >> 8);
    bytes[length++] = (byte) record.type().code();
    System.arraycopy(data, 0, bytes, length, data.length);
    return records.add(bytes, length + data.length);
  }

  /** Data that are malformed for their type, as {@code \#} allows, are left as they are. */
  private byte[] inSmallLetters(int type, byte[] data) {
    if (RdataBytes.names(type) == 0) {
      return data;
    }
    try {
      byte[] small = new byte[data.length + MOST_NAMES * Limits.NAME_BYTES];
      int length = RdataBytes.read(reader.wrap(data, data.length), type, data.length, small, 0);
      RdataBytes.lowerCaseNames(type, small, 0);
      return Arrays.copyOf(small, length);
    } catch (MalformedPacketException _) {
      return data;
    }
  }

  private int putOwner(Name owner) {
    return owner.lowerCase().copyTo(bytes, 0);
  }

  private void checkFaults(Position position, ResourceRecord record) throws MasterException {
    Optional<String> fault = faults.next(record.owner(), record.type(), record.rdata().toWire());
    if (fault.isPresent()) {
      throw new MasterException(position, fault.get());
    }
  }
}
