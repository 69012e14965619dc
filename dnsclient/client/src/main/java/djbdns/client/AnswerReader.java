package djbdns.client;

import djbdns.wire.Bytes;
import djbdns.wire.Header;
import djbdns.wire.MalformedPacketException;
import djbdns.wire.Name;
import djbdns.wire.PacketReader;
import djbdns.wire.RecordClass;
import djbdns.wire.RecordType;
import djbdns.wire.rdata.Mx;
import java.io.EOFException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the answer section of a reply as 1.05 does (dns_ip.c, dns_name.c, dns_mx.c, dns_txt.c):
 * every record of a type in class IN, whoever owns it, so that those of aliases count. Of other
 * records only the places where they end are looked at. Each method starts anew. Belongs to one
 * thread.
 */
public final class AnswerReader {
  private static final int TYPE_AND_CLASS_BYTES = 4;
  private static final int TTL_BYTES = 4;
  private static final int IPV4_BYTES = 4;
  private static final int IPV6_BYTES = 16;

  private final byte[] packet;
  private final PacketReader reader = new PacketReader();

  private int recordsLeft;
  private int nextRecord;
  private int dataLength;

  /** A reader of a reply whose header and question are well-formed. */
  public AnswerReader(byte[] packet) {
    this.packet = packet.clone();
  }

  /** The addresses of all A records, 4 bytes each, in their order. */
  public List<Bytes> ipv4Addresses() throws MalformedPacketException {
    return addresses(RecordType.A, IPV4_BYTES);
  }

  /** The addresses of all AAAA records, 16 bytes each, in their order. */
  public List<Bytes> ipv6Addresses() throws MalformedPacketException {
    return addresses(RecordType.AAAA, IPV6_BYTES);
  }

  /** Records whose data have another length are passed over. */
  private List<Bytes> addresses(RecordType type, int addressBytes) throws MalformedPacketException {
    List<Bytes> addresses = new ArrayList<>();
    start();
    while (find(type)) {
      if (dataLength == addressBytes) {
        addresses.add(Bytes.of(reader.readBytes(addressBytes)));
      }
    }
    return addresses;
  }

  /** The name in the first PTR record. What comes after it is not looked at. */
  public Optional<Name> hostName() throws MalformedPacketException {
    start();
    return find(RecordType.PTR) ? Optional.of(reader.readName()) : Optional.empty();
  }

  /** All MX records, in their order. */
  public List<Mx> exchanges() throws MalformedPacketException {
    List<Mx> exchanges = new ArrayList<>();
    start();
    while (find(RecordType.MX)) {
      int preference = reader.readU16();
      exchanges.add(new Mx(preference, reader.readName()));
    }
    return exchanges;
  }

  /**
   * The strings of all TXT records, in their order. A string that its record has no room for ends
   * with the record.
   *
   * @throws EOFException if the data of a TXT record end behind the packet, which is not the same
   *     error to 1.05
   */
  public List<List<Bytes>> texts() throws MalformedPacketException, EOFException {
    List<List<Bytes>> texts = new ArrayList<>();
    start();
    while (find(RecordType.TXT)) {
      if (reader.remaining() < dataLength) {
        throw new EOFException("TXT record of " + dataLength + " bytes");
      }
      texts.add(strings());
    }
    return texts;
  }

  private List<Bytes> strings() throws MalformedPacketException {
    List<Bytes> strings = new ArrayList<>();
    while (reader.position() < nextRecord) {
      int length = reader.readU8();
      strings.add(Bytes.of(reader.readBytes(Math.min(length, nextRecord - reader.position()))));
    }
    return strings;
  }

  /**
   * How long the answer may be remembered: the least TTL of the answer section; without answers,
   * that of the denial in the authority section (RFC 2308, 5), or 0.
   *
   * @throws MalformedPacketException also for what the other methods do not look at
   */
  public int ttlSeconds() throws MalformedPacketException {
    Header header = reader.wrap(packet, packet.length).readHeader();
    reader.skipName();
    reader.skip(TYPE_AND_CLASS_BYTES);
    boolean denial = header.answerCount() == 0;
    int count = denial ? header.authorityCount() : header.answerCount();
    int least = denial ? 0 : Integer.MAX_VALUE;
    for (int i = 0; i < count; i++) {
      reader.skipName();
      int type = reader.readU16();
      reader.skip(Short.BYTES);
      int ttl = readTtl();
      int end = reader.readU16();
      end += reader.position();
      if (denial && type == RecordType.SOA.code()) {
        reader.position(end - TTL_BYTES);
        return Math.min(ttl, readTtl());
      }
      least = denial ? 0 : Math.min(least, ttl);
      reader.position(end);
    }
    return least;
  }

  /** One with the highest bit set counts as 0 (RFC 2181, 8). */
  private int readTtl() throws MalformedPacketException {
    return Math.max(0, (int) reader.readU32());
  }

  private void start() throws MalformedPacketException {
    recordsLeft = reader.wrap(packet, packet.length).readHeader().answerCount();
    reader.skipName();
    nextRecord = reader.position() + TYPE_AND_CLASS_BYTES;
  }

  /** Moves to the data of the next record of a type; false if there is none. */
  private boolean find(RecordType type) throws MalformedPacketException {
    while (recordsLeft > 0) {
      recordsLeft--;
      reader.position(nextRecord);
      reader.skipName();
      int foundType = reader.readU16();
      int foundClass = reader.readU16();
      reader.skip(TTL_BYTES);
      dataLength = reader.readU16();
      // May lie behind the packet, which matters only if another record is to be there.
      nextRecord = reader.position() + dataLength;
      if (foundType == type.code() && foundClass == RecordClass.IN.code()) {
        return true;
      }
    }
    return false;
  }
}
