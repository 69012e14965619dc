package djbdns.wire.message;

import djbdns.wire.Header;
import djbdns.wire.Limits;
import djbdns.wire.MalformedPacketException;
import djbdns.wire.NameBytes;
import djbdns.wire.PacketReader;
import djbdns.wire.RecordType;

/**
 * Reads of a received query what a server needs, without allocating: header, question and EDNS0
 * (RFC 6891). Belongs to one thread and is meant to be reused: the accessors speak of the last
 * packet given to {@link #read} or {@link #readQuestionOnly}.
 */
public final class QueryReader {
  /** The kind of a packet. */
  public enum Kind {
    /** Shorter than a header, or a response: deserves no answer at all. */
    IGNORED,
    /** A header whose question or EDNS0 cannot be read, or that asks none or several (RFC 9619). */
    MALFORMED,
    /** A readable question. */
    QUERY
  }

  private final PacketReader reader = new PacketReader();
  private final byte[] name = new byte[Limits.NAME_BYTES];
  private int nameLength;
  private int id;
  private int flags;
  private int type;
  private int recordClass;
  private boolean hasEdns;
  private int ednsVersion;
  private int ednsPayloadBytes;
  private boolean dnssecOk;
  private boolean explanationWanted;

  /** Reads header, question and EDNS0. The header's accessors are valid unless IGNORED. */
  public Kind read(byte[] packet, int packetLength) {
    return read(packet, packetLength, true);
  }

  /** As {@link #read}, but whatever follows the question is not looked at, as in 1.05. */
  public Kind readQuestionOnly(byte[] packet, int packetLength) {
    return read(packet, packetLength, false);
  }

  private Kind read(byte[] packet, int packetLength, boolean withEdns) {
    hasEdns = false;
    explanationWanted = false;
    nameLength = 0;
    type = 0;
    recordClass = 0;
    if (packetLength < Limits.HEADER_BYTES) {
      return Kind.IGNORED;
    }
    try {
      reader.wrap(packet, packetLength);
      id = reader.readU16();
      flags = reader.readU16();
      if ((flags & Header.QR) != 0) {
        return Kind.IGNORED;
      }
      if (reader.readU16() != 1) {
        return Kind.MALFORMED;
      }
      int records = reader.readU16() + reader.readU16();
      int additional = reader.readU16();
      nameLength = reader.readName(name, 0);
      type = reader.readU16();
      recordClass = reader.readU16();
      if (withEdns && additional > 0) {
        readEdns(records, additional);
      }
      return Kind.QUERY;
    } catch (MalformedPacketException e) {
      return Kind.MALFORMED;
    }
  }

  /** Counts that lie end at the packet's last byte: each record is at least 11 bytes of it. */
  private void readEdns(int records, int additional) throws MalformedPacketException {
    for (int i = 0; i < records; i++) {
      reader.skipRecord();
    }
    for (int i = 0; i < additional; i++) {
      int start = reader.position();
      boolean rootOwner = reader.readU8() == 0;
      reader.position(start);
      reader.skipName();
      if (reader.readU16() == RecordType.OPT.code()) {
        if (hasEdns || !rootOwner) {
          throw MalformedPacketException.INSTANCE;
        }
        hasEdns = true;
        ednsPayloadBytes = reader.readU16();
        reader.skip(1);
        ednsVersion = reader.readU8();
        dnssecOk = (reader.readU16() & Edns.DO) != 0;
        readOptions(reader.readU16());
      } else {
        reader.skip(6);
        reader.skip(reader.readU16());
      }
    }
  }

  /** Options that lie about their length end with the record: nobody has to understand them. */
  private void readOptions(int rdlength) throws MalformedPacketException {
    int start = reader.position();
    reader.skip(rdlength);
    int end = reader.position();
    for (int at = start; end - at >= EdnsOption.HEAD_BYTES; ) {
      reader.position(at);
      explanationWanted |= reader.readU16() == EdnsOption.EXPLANATION;
      at += EdnsOption.HEAD_BYTES + reader.readU16();
    }
    reader.position(end);
  }

  public int id() {
    return id;
  }

  /** The header's second 16 bits: see {@link Header}. */
  public int flags() {
    return flags;
  }

  /** The name asked for, in the client's letter case, from offset 0; owned by this reader. */
  public byte[] name() {
    return name;
  }

  /**
   * Copies the name asked for to the start of an array, its letters made small.
   *
   * @param target has room for {@link Limits#NAME_BYTES}
   * @return {@link #nameLength()}
   */
  public int copyLowerCaseName(byte[] target) {
    System.arraycopy(name, 0, target, 0, nameLength);
    NameBytes.lowerCase(target, 0, nameLength);
    return nameLength;
  }

  /** Length of {@link #name()} in wire form; 0 if it could not be read. */
  public int nameLength() {
    return nameLength;
  }

  /** 0 if it could not be read. */
  public int type() {
    return type;
  }

  /** 0 if it could not be read. */
  public int recordClass() {
    return recordClass;
  }

  /** True if the query has an OPT record; what follows is 0 or false without one. */
  public boolean hasEdns() {
    return hasEdns;
  }

  public int ednsVersion() {
    return hasEdns ? ednsVersion : 0;
  }

  /** Largest UDP payload the client takes, as it says: 0 to 65535. */
  public int ednsPayloadBytes() {
    return hasEdns ? ednsPayloadBytes : 0;
  }

  /** The DO bit (RFC 3225). */
  public boolean dnssecOk() {
    return hasEdns && dnssecOk;
  }

  /** True if there is an {@link EdnsOption#EXPLANATION}. */
  public boolean explanationWanted() {
    return explanationWanted;
  }
}
