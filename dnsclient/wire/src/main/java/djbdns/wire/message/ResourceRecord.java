package djbdns.wire.message;

import djbdns.wire.Bytes;
import djbdns.wire.MalformedPacketException;
import djbdns.wire.MalformedTextException;
import djbdns.wire.Name;
import djbdns.wire.PacketReader;
import djbdns.wire.PacketWriter;
import djbdns.wire.RecordClass;
import djbdns.wire.RecordType;
import djbdns.wire.Section;
import djbdns.wire.rdata.Rdata;
import djbdns.wire.rdata.Unknown;
import djbdns.wire.text.MasterText;

/**
 * A record (RFC 1035, 3.2.1).
 *
 * <pre>
 * +-------------+---------+----------+--------+-------------+---------+
 * | owner: name | type 16 | class 16 | TTL 32 | rdlength 16 | rdata   |
 * +-------------+---------+----------+--------+-------------+---------+
 * </pre>
 *
 * @param ttlSeconds 0 to 2<sup>31</sup> - 1 (RFC 2181, 8)
 */
public record ResourceRecord(Name owner, RecordClass recordClass, long ttlSeconds, Rdata rdata) {
  /** Most seconds of a TTL, which has 31 bits (RFC 2181, 8). */
  public static final long TTL_MAX_SECONDS = 0x7fffffffL;

  public ResourceRecord {
    if (ttlSeconds < 0 || ttlSeconds > TTL_MAX_SECONDS) {
      throw new IllegalArgumentException("ttl of " + ttlSeconds + " seconds");
    }
  }

  public ResourceRecord(Name owner, long ttlSeconds, Rdata rdata) {
    this(owner, RecordClass.IN, ttlSeconds, rdata);
  }

  public RecordType type() {
    return rdata.type();
  }

  /** Reads a record; a TTL whose top bit is set counts as 0 (RFC 2181, 8). */
  public static ResourceRecord read(PacketReader reader) throws MalformedPacketException {
    return read(reader, reader.readName(), new RecordType(reader.readU16()));
  }

  /** Reads what follows the type. */
  static ResourceRecord read(PacketReader reader, Name owner, RecordType type)
      throws MalformedPacketException {
    RecordClass recordClass = new RecordClass(reader.readU16());
    long ttlSeconds = reader.readU32();
    int rdlength = reader.readU16();
    return new ResourceRecord(
        owner,
        recordClass,
        ttlSeconds > TTL_MAX_SECONDS ? 0 : ttlSeconds,
        readData(type, recordClass, reader, rdlength));
  }

  static Rdata readData(RecordType type, RecordClass recordClass, PacketReader reader, int rdlength)
      throws MalformedPacketException {
    return hasTypedData(type, recordClass, rdlength)
        ? Rdata.read(type, reader, rdlength)
        : new Unknown(type, Bytes.owning(reader.readBytes(rdlength)));
  }

  /**
   * True if data has its type's form: updates leave it out in classes ANY and NONE (RFC 2136, 2.4
   * and 2.5), and these types are defined for class IN alone (RFC 1035, 3.4; RFC 3596; RFC 9460).
   */
  static boolean hasTypedData(RecordType type, RecordClass recordClass, int rdlength) {
    return switch (recordClass.toString()) {
      case "IN" -> true;
      case "ANY", "NONE" -> rdlength > 0;
      default ->
          switch (type.toString()) {
            case "A", "AAAA", "SRV", "SVCB", "HTTPS" -> false;
            default -> true;
          };
    };
  }

  /**
   * Appends the record to a section, its names in their letters; false if it did not fit, and then
   * nothing has changed.
   */
  public boolean writeTo(PacketWriter writer, Section section) {
    if (!writer.beginRecordAsIs(owner.toWire(), 0, type().code(), recordClass.code(), ttlSeconds)
        || !rdata.writeTo(writer)) {
      return false;
    }
    writer.endRecord(section);
    return true;
  }

  /**
   * A record from one entry of a master file: owner, TTL and class in either order, type, data. The
   * class may be left out.
   *
   * @param origin what names without a trailing dot end in
   */
  public static ResourceRecord parse(String text, Name origin) throws MalformedTextException {
    return new RecordText(text, origin).parse();
  }

  /** Owner, TTL, class, type and data with single spaces between them. */
  @Override
  public String toString() {
    return MasterText.ofName(owner)
        + " "
        + ttlSeconds
        + " "
        + recordClass
        + " "
        + type()
        + " "
        + rdata;
  }
}
