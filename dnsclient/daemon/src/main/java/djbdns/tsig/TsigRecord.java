package djbdns.tsig;

import djbdns.wire.Bytes;
import djbdns.wire.Header;
import djbdns.wire.MalformedPacketException;
import djbdns.wire.Name;
import djbdns.wire.PacketReader;
import djbdns.wire.PacketWriter;
import djbdns.wire.RecordClass;
import djbdns.wire.RecordType;
import djbdns.wire.Section;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A TSIG record (RFC 8945, 4.2).
 *
 * @param timeSigned seconds since 1970, 48 bits
 * @param fudgeSeconds 16 bits
 * @param other 6 bytes with the server's time for BADTIME, otherwise none
 */
record TsigRecord(
    Name key,
    Name algorithm,
    long timeSigned,
    int fudgeSeconds,
    Bytes mac,
    int originalId,
    TsigError error,
    Bytes other) {
  /** The value that RFC 8945, 10, recommends. */
  static final int FUDGE_SECONDS = 300;

  static final int TIME_BYTES = 6;

  private static final int FIXED_BYTES = 10;
  private static final int RDATA_FIXED_BYTES = TIME_BYTES + 10;

  /**
   * Where a packet's TSIG record is.
   *
   * @param start its offset, which is the length of what it signs
   * @param additional additional records before it
   */
  record Place(TsigRecord tsig, int start, int additional) {}

  /**
   * The TSIG record at the end of a packet, if it has one.
   *
   * @throws MalformedPacketException if the packet, or the record, cannot be read; if there are
   *     two, or one that is not the last thing in the packet (RFC 8945, 5.2)
   */
  static Optional<Place> find(byte[] packet, int length) throws MalformedPacketException {
    PacketReader reader = new PacketReader().wrap(packet, length);
    Header header = reader.readHeader();
    for (int i = 0; i < header.questionCount(); i++) {
      reader.skipName();
      reader.skip(4);
    }
    int records = header.answerCount() + header.authorityCount() + header.additionalCount();
    for (int i = 0; i < records; i++) {
      int start = reader.position();
      reader.skipName();
      if (reader.readU16() == RecordType.TSIG.code()) {
        if (i < records - 1 || header.additionalCount() == 0) {
          throw MalformedPacketException.INSTANCE;
        }
        reader.position(start);
        TsigRecord tsig = read(reader);
        reader.requireAt(length);
        return Optional.of(new Place(tsig, start, header.additionalCount() - 1));
      }
      reader.skip(6);
      reader.skip(reader.readU16());
    }
    return Optional.empty();
  }

  private static TsigRecord read(PacketReader reader) throws MalformedPacketException {
    Name key = reader.readName();
    reader.skip(2);
    if (reader.readU16() != RecordClass.ANY.code() || reader.readU32() != 0) {
      throw MalformedPacketException.INSTANCE;
    }
    int rdlength = reader.readU16();
    int end = reader.position() + rdlength;
    TsigRecord tsig =
        new TsigRecord(
            key,
            reader.readName(),
            ((long) reader.readU16() << 32) | reader.readU32(),
            reader.readU16(),
            Bytes.of(reader.readBytes(reader.readU16())),
            reader.readU16(),
            new TsigError(reader.readU16()),
            Bytes.of(reader.readBytes(reader.readU16())));
    reader.requireAt(end);
    return tsig;
  }

  /** The same record with a MAC. */
  TsigRecord withMac(Bytes newMac) {
    return new TsigRecord(
        key, algorithm, timeSigned, fudgeSeconds, newMac, originalId, error, other);
  }

  /** Bytes of the record in a packet. */
  int length() {
    return length(key, algorithm, mac.length(), other.length());
  }

  static int length(Name key, Name algorithm, int macBytes, int otherBytes) {
    return key.length()
        + FIXED_BYTES
        + algorithm.length()
        + RDATA_FIXED_BYTES
        + macBytes
        + otherBytes;
  }

  /** True if a clock is within the fudge of the time signed. */
  boolean isTimely(long nowSeconds) {
    return Math.abs(nowSeconds - timeSigned) <= fudgeSeconds;
  }

  /** Adds the record to a packet; false if it does not fit. */
  boolean writeTo(PacketWriter packet) {
    ByteBuffer out = ByteBuffer.allocate(length());
    out.put(key.toWire());
    out.putShort((short) RecordType.TSIG.code());
    out.putShort((short) RecordClass.ANY.code());
    out.putInt(0);
    out.putShort((short) (out.remaining() - 2));
    out.put(algorithm.toWire());
    putTime(out, timeSigned);
    out.putShort((short) fudgeSeconds);
    out.putShort((short) mac.length());
    out.put(mac.toArray());
    out.putShort((short) originalId);
    out.putShort((short) error.code());
    out.putShort((short) other.length());
    out.put(other.toArray());
    return packet.addRecord(out.array(), out.position(), Section.ADDITIONAL);
  }

  /** 48 bits in network order. */
  static void putTime(ByteBuffer out, long seconds) {
    out.putShort((short) (seconds >> 32));
    out.putInt((int) seconds);
  }
}
