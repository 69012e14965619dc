package djbdns.wire.message;

import djbdns.wire.Bytes;
import djbdns.wire.Codes;
import djbdns.wire.Limits;
import djbdns.wire.MalformedPacketException;
import djbdns.wire.Name;
import djbdns.wire.PacketReader;
import djbdns.wire.PacketWriter;
import djbdns.wire.RecordType;
import djbdns.wire.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The content of an OPT record (RFC 6891, 6.1).
 *
 * <pre>
 * +---------+-------+-------------------+------------------+-----------+----------+-------------+
 * | owner 0 | OPT   | UDP payload bytes | extended rcode 8 | version 8 | flags 16 | rdlength 16 |
 * +---------+-------+-------------------+------------------+-----------+----------+-------------+
 * | options                                                                                     |
 * +---------------------------------------------------------------------------------------------+
 * </pre>
 *
 * @param udpPayloadBytes largest UDP message that the sender takes, 0 to 65535
 * @param extendedRcode upper 8 bits of the response code
 * @param version 0 to 255; 0 is the only one yet
 * @param flags 16 bits, {@link #DO} among them
 * @param options at most {@link Limits#EDNS_OPTIONS}
 */
public record Edns(
    int udpPayloadBytes, int extendedRcode, int version, int flags, List<EdnsOption> options) {
  /** Flag: DNSSEC records are welcome (RFC 3225). */
  public static final int DO = 0x8000;

  public Edns {
    Codes.checkU16(udpPayloadBytes);
    Codes.checkU8(extendedRcode);
    Codes.checkU8(version);
    Codes.checkU16(flags);
    options = List.copyOf(options);
    Codes.check(options.size(), Limits.EDNS_OPTIONS);
  }

  /** Version 0 without flags and options. */
  public Edns(int udpPayloadBytes) {
    this(udpPayloadBytes, 0, 0, 0, List.of());
  }

  public boolean dnssecOk() {
    return (flags & DO) != 0;
  }

  /** The first option with this code. */
  public Optional<EdnsOption> option(int code) {
    return options.stream().filter(option -> option.code() == code).findFirst();
  }

  /** Reads what follows the type of an OPT record. */
  public static Edns read(PacketReader reader) throws MalformedPacketException {
    int udpPayloadBytes = reader.readU16();
    int extendedRcode = reader.readU8();
    int version = reader.readU8();
    int flags = reader.readU16();
    int rdlength = reader.readU16();
    return new Edns(udpPayloadBytes, extendedRcode, version, flags, readOptions(reader, rdlength));
  }

  private static List<EdnsOption> readOptions(PacketReader reader, int rdlength)
      throws MalformedPacketException {
    int outerEnd = reader.narrow(rdlength);
    try {
      List<EdnsOption> options = new ArrayList<>();
      while (reader.remaining() > 0) {
        if (options.size() == Limits.EDNS_OPTIONS) {
          throw MalformedPacketException.INSTANCE;
        }
        int code = reader.readU16();
        options.add(new EdnsOption(code, Bytes.owning(reader.readBytes(reader.readU16()))));
      }
      return options;
    } finally {
      reader.widen(outerEnd);
    }
  }

  /** Appends the OPT record; false if it did not fit, and then nothing has changed. */
  public boolean writeTo(PacketWriter writer) {
    long ttl = (long) extendedRcode << 24 | (long) version << 16 | flags;
    if (!writer.beginRecord(Name.ROOT.toWire(), 0, RecordType.OPT.code(), udpPayloadBytes, ttl)) {
      return false;
    }
    for (EdnsOption option : options) {
      if (!writer.addU16(option.code())
          || !writer.addU16(option.data().length())
          || !option.data().addTo(writer)) {
        return false;
      }
    }
    writer.endRecord(Section.ADDITIONAL);
    return true;
  }
}
