package djbdns.client;

import djbdns.wire.Limits;
import djbdns.wire.MalformedPacketException;
import djbdns.wire.NameBytes;
import djbdns.wire.PacketReader;
import djbdns.wire.RecordClass;

/**
 * One record as a line of text (printrecord.c): owner, TTL, type and data. Types that 1.05 does not
 * know are a number, and their data bytes, those that are no visible ASCII in octal.
 */
public final class RecordDump {
  private static final int A = 1;
  private static final int NS = 2;
  private static final int CNAME = 5;
  private static final int SOA = 6;
  private static final int PTR = 12;
  private static final int MX = 15;

  private static final int IPV4_BYTES = 4;
  private static final int SOA_NUMBERS = 5;

  private final StringBuilder out;
  private final PacketReader reader;
  private final byte[] name = new byte[Limits.NAME_BYTES];

  /**
   * Reads from one, writes to the other.
   *
   * @param reader of a whole packet, since names in it may be compressed
   */
  public RecordDump(StringBuilder out, PacketReader reader) {
    this.out = out;
    this.reader = reader;
  }

  /** Appends the record at which the reader stands, and a newline. */
  public void append() throws MalformedPacketException {
    appendName();
    int type = reader.readU16();
    int recordClass = reader.readU16();
    out.append(' ').append(reader.readU32());
    int dataLength = reader.readU16();
    int end = reader.position() + dataLength;
    if (recordClass == RecordClass.IN.code()) {
      appendData(type, dataLength);
    } else {
      out.append(" weird class");
      reader.skip(dataLength);
    }
    out.append('\n');
    reader.requireAt(end);
  }

  private void appendData(int type, int dataLength) throws MalformedPacketException {
    switch (type) {
      case A -> appendAddress();
      case NS -> appendNamed(" NS ");
      case CNAME -> appendNamed(" CNAME ");
      case PTR -> appendNamed(" PTR ");
      case MX -> {
        out.append(" MX ").append(reader.readU16());
        appendNamed(" ");
      }
      case SOA -> appendSoa();
      default -> appendUnknown(type, dataLength);
    }
  }

  private void appendAddress() throws MalformedPacketException {
    out.append(" A ").append(reader.readU8());
    for (int i = 1; i < IPV4_BYTES; i++) {
      out.append('.').append(reader.readU8());
    }
  }

  private void appendNamed(String label) throws MalformedPacketException {
    out.append(label);
    appendName();
  }

  private void appendSoa() throws MalformedPacketException {
    appendNamed(" SOA ");
    appendNamed(" ");
    for (int i = 0; i < SOA_NUMBERS; i++) {
      out.append(' ').append(reader.readU32());
    }
  }

  private void appendUnknown(int type, int dataLength) throws MalformedPacketException {
    out.append(' ').append(type).append(' ');
    for (int i = 0; i < dataLength; i++) {
      appendByte(reader.readU8());
    }
  }

  private void appendByte(int octet) {
    if (octet > ' ' && octet <= '~' && octet != '\\') {
      out.append((char) octet);
    } else {
      NameBytes.appendOctal(out, octet);
    }
  }

  private void appendName() throws MalformedPacketException {
    reader.readName(name, 0);
    NameBytes.appendText(out, name, 0);
  }
}
