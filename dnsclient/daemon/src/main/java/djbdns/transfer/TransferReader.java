package djbdns.transfer;

import djbdns.wire.MalformedPacketException;
import djbdns.wire.Name;
import djbdns.wire.PacketReader;
import djbdns.wire.RecordClass;
import djbdns.wire.RecordType;
import djbdns.wire.rdata.Rdata;
import djbdns.wire.rdata.Soa;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/**
 * Takes the records out of the messages of a transfer (RFC 5936): the zone's SOA record, all
 * others, the SOA record again. Holds one record at a time and does no I/O of its own. One thread.
 *
 * <p>As in 1.05, records of names outside the zone and of other classes than IN are left out, and a
 * wildcard's NS records are an error (axfr-get.c).
 */
public final class TransferReader {
  /** Types whose data hold no names: if malformed, they may be taken as they are. */
  private static final Set<RecordType> WITHOUT_NAMES =
      Set.of(
          RecordType.A,
          RecordType.AAAA,
          RecordType.HINFO,
          RecordType.TXT,
          RecordType.CAA,
          RecordType.DS,
          RecordType.SSHFP,
          RecordType.TLSA,
          RecordType.DNSKEY,
          RecordType.NSEC3,
          RecordType.NSEC3PARAM);

  /** Types of questions and of messages, never of a zone (RFC 6895, 3.1). */
  private static final int FIRST_META = 128;

  private static final int LAST_META = 255;

  private final ZoneQuery query;
  private final ZoneSink sink;
  private final long limitBytes;
  private long bytes;
  private Optional<Soa> soa = Optional.empty();
  private boolean isComplete;

  /**
   * A reader of one transfer.
   *
   * @param query has asked
   * @param limitBytes most bytes in all messages
   */
  public TransferReader(ZoneQuery query, ZoneSink sink, long limitBytes) {
    this.query = query;
    this.sink = sink;
    this.limitBytes = limitBytes;
  }

  /**
   * Takes the next message.
   *
   * @return whether it was the last
   * @throws TransferException if it is not to be believed
   * @throws IOException of the sink
   */
  public boolean read(byte[] packet, int length) throws TransferException, IOException {
    bytes += length;
    if (bytes > limitBytes) {
      throw new TransferException("zone is too large");
    }
    try {
      PacketReader reader = query.check(packet, length);
      if (query.answerCount() == 0) {
        throw MalformedPacketException.INSTANCE;
      }
      for (int i = query.answerCount(); i > 0; i--) {
        readRecord(reader);
      }
    } catch (MalformedPacketException _) {
      throw new TransferException(TransferException.PROTOCOL_ERROR);
    }
    if (isComplete && !query.isVerified()) {
      throw new TransferException("last message has no signature");
    }
    return isComplete;
  }

  private void readRecord(PacketReader reader)
      throws TransferException, MalformedPacketException, IOException {
    if (isComplete) {
      throw new TransferException("records behind the end");
    }
    Name owner = reader.readName();
    RecordType type = new RecordType(reader.readU16());
    int recordClass = reader.readU16();
    long ttlSeconds = reader.readU32();
    int length = reader.readU16();
    boolean isOurs = recordClass == RecordClass.IN.code() && owner.isWithin(query.zone());
    if (type.equals(RecordType.SOA) && isOurs) {
      readSoa(reader, owner, ttlSeconds, length);
    } else if (soa.isEmpty()) {
      throw new TransferException("zone does not start with its SOA record");
    } else if (isOurs) {
      write(owner, type, ttlSeconds, data(reader, owner, type, length));
    } else {
      reader.skip(length);
    }
  }

  private void readSoa(PacketReader reader, Name owner, long ttlSeconds, int length)
      throws TransferException, MalformedPacketException, IOException {
    Soa found = (Soa) Rdata.read(RecordType.SOA, reader, length);
    if (!owner.equals(query.zone())) {
      throw new TransferException("SOA record of " + owner);
    }
    if (soa.isEmpty()) {
      soa = Optional.of(found);
      sink.begin(found);
      write(owner, RecordType.SOA, ttlSeconds, found.toWire().toArray());
    } else if (found.equals(soa.get())) {
      isComplete = true;
    } else {
      throw new TransferException("zone has changed during the transfer");
    }
  }

  /** A record's data, the names in it uncompressed. */
  private static byte[] data(PacketReader reader, Name owner, RecordType type, int length)
      throws TransferException, MalformedPacketException {
    if (isImpossible(owner, type)) {
      throw unusable(owner, type);
    }
    int start = reader.position();
    try {
      return Rdata.read(type, reader, length).toWire().toArray();
    } catch (MalformedPacketException e) {
      if (!WITHOUT_NAMES.contains(type)) {
        throw unusable(owner, type);
      }
      reader.position(start);
      return reader.readBytes(length);
    }
  }

  private static boolean isImpossible(Name owner, RecordType type) {
    boolean isWildcard = owner.byteAt(0) == 1 && owner.byteAt(1) == '*';
    return type.code() == 0
        || type.equals(RecordType.OPT)
        || (type.code() >= FIRST_META && type.code() <= LAST_META)
        || (type.equals(RecordType.NS) && isWildcard);
  }

  private void write(Name owner, RecordType type, long ttlSeconds, byte[] data)
      throws TransferException, IOException {
    try {
      sink.record(owner, type, ttlSeconds, data);
    } catch (IllegalArgumentException _) {
      throw unusable(owner, type);
    }
  }

  private static TransferException unusable(Name owner, RecordType type) {
    return new TransferException("unusable " + type + " record of " + owner);
  }
}
