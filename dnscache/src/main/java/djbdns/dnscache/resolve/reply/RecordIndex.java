package djbdns.dnscache.resolve.reply;

import djbdns.dnscache.resolve.policy.AddressPolicy;
import djbdns.wire.AddressText;
import djbdns.wire.Header;
import djbdns.wire.Limits;
import djbdns.wire.MalformedPacketException;
import djbdns.wire.Name;
import djbdns.wire.NameBytes;
import djbdns.wire.PacketReader;
import djbdns.wire.Rcode;
import djbdns.wire.RecordType;
import djbdns.wire.rdata.RdataBytes;
import java.util.Arrays;

/**
 * The places of the records of one reply: one pass over the packet, after which each record is
 * found without another. Owners are compared by hash first, so that a scan for one costs little
 * more than the number of records. Belongs to one thread and is meant to be reused.
 *
 * <p>Records are numbered in the order of the packet: answer section up to {@link #answerEnd},
 * authority up to {@link #authorityEnd}, additional up to {@link #end}.
 */
final class RecordIndex {
  private static final int IN = 1;
  private static final int EXTENDED_RCODE_SHIFT = 4;
  private static final int SUFFIXES = Limits.NAME_BYTES + 1;
  private static final int QUESTION_FIELDS_BYTES = 4;
  private static final int POINTER_BYTES = 2;

  /**
   * Bytes of owners that are read from a packet, uncompressed, one after the other: so many for
   * each byte of it, and so many more. A packet may be all pointers to long names.
   */
  private static final int OWNER_BYTES_PER_BYTE = 4;

  private static final int OWNER_BYTES = 8_192;

  private final PacketReader reader = new PacketReader();
  private final QuestionLetters letters = new QuestionLetters();
  private final byte[] scratch = new byte[Limits.NAME_BYTES];
  private final int[] suffixHashes = new int[SUFFIXES];
  private byte[] packet = new byte[Limits.EDNS_UDP_BYTES];

  private int[] ownerOffset = new int[64];
  private int[] ownerHash = new int[64];
  private int[] ownerLength = new int[64];

  /** The type; -1 in another class than IN, so that such a record is never found. */
  private int[] type = new int[64];

  private int[] ttlSeconds = new int[64];
  private int[] dataOffset = new int[64];
  private int[] dataLength = new int[64];

  /**
   * The start of the owner that was read last, if it is no pointer, or the target of its pointer.
   */
  private int lastOwner;

  /** Bytes of owners that may still be read from this packet. */
  private int ownerBytesLeft;

  private int flags;
  private int extendedRcode;
  private int answerEnd;
  private int authorityEnd;
  private int end;

  /**
   * Reads a reply. Bytes behind the last record are ignored, and so is what is behind the last
   * record of the additional section that can be read: the section counts of some servers lie, and
   * nothing depends on what it has. OPT records there are no data, however many. In another section
   * one is malformed.
   *
   * @param bytes copied
   * @param asked the question's name as it is to be: the reply's has random letter case, which
   *     names made from it would inherit
   */
  void read(byte[] bytes, int length, Name asked) throws MalformedPacketException {
    if (packet.length < length) {
      packet = new byte[length];
    }
    System.arraycopy(bytes, 0, packet, 0, length);
    reader.wrap(packet, length);
    Header header = reader.readHeader();
    flags = header.flags();
    extendedRcode = 0;
    end = 0;
    lastOwner = -1;
    ownerBytesLeft = OWNER_BYTES + OWNER_BYTES_PER_BYTE * length;
    letters.forget();
    for (int i = 0; i < header.questionCount(); i++) {
      readQuestion(asked);
    }
    readSection(header.answerCount(), false);
    answerEnd = end;
    readSection(header.authorityCount(), false);
    authorityEnd = end;
    try {
      readSection(header.additionalCount(), true);
    } catch (MalformedPacketException e) {
      // What has been read of it is as good as ever.
    }
  }

  private void readQuestion(Name asked) throws MalformedPacketException {
    int start = reader.position();
    int bytes = reader.readName(scratch, 0);
    boolean plain = reader.position() - start == bytes;
    if (plain && bytes == asked.length() && asked.isAt(scratch, 0)) {
      letters.learn(scratch, bytes, asked);
      asked.copyTo(packet, start);
    }
    reader.skip(QUESTION_FIELDS_BYTES);
  }

  private void readSection(int count, boolean mayHaveOpt) throws MalformedPacketException {
    for (int i = 0; i < count; i++) {
      if (end == type.length) {
        grow();
      }
      readOwner();
      int recordType = reader.readU16();
      int recordClass = reader.readU16();
      long ttl = reader.readU32();
      dataLength[end] = reader.readU16();
      dataOffset[end] = reader.position();
      reader.skip(dataLength[end]);
      if (recordType == RecordType.OPT.code()) {
        if (!mayHaveOpt) {
          throw MalformedPacketException.INSTANCE;
        }
        // The upper bits of the response code (RFC 6891, 6.1.3).
        extendedRcode |= (int) (ttl >> 24);
        lastOwner = -1;
        continue;
      }
      type[end] = recordClass == IN ? recordType : -1;
      ttlSeconds[end] = ttl > Integer.MAX_VALUE ? 0 : (int) ttl;
      end++;
    }
  }

  /**
   * Reads the owner of the next record. Where it is the same as the last one's, as in any record
   * set, that is seen by the pointer; else it may be long, and there may be thousands.
   */
  private void readOwner() throws MalformedPacketException {
    int start = reader.position();
    ownerOffset[end] = start;
    int pointer = pointerAt(start);
    if (pointer >= 0 && pointer == lastOwner && end > 0) {
      reader.skip(POINTER_BYTES);
      ownerLength[end] = ownerLength[end - 1];
      ownerHash[end] = ownerHash[end - 1];
      return;
    }
    int bytes = reader.readName(scratch, 0);
    ownerBytesLeft -= bytes;
    if (ownerBytesLeft < 0) {
      throw MalformedPacketException.INSTANCE;
    }
    ownerLength[end] = bytes;
    ownerHash[end] = hash(scratch, bytes);
    lastOwner = pointer >= 0 ? pointer : start;
  }

  /** The offset that a compression pointer points to (RFC 1035, 4.1.4); -1 if it is none. */
  private int pointerAt(int at) {
    boolean isPointer = at + POINTER_BYTES <= packet.length && (packet[at] & 0xc0) == 0xc0;
    return isPointer ? ((packet[at] & 0x3f) << Byte.SIZE) | (packet[at + 1] & 0xff) : -1;
  }

  private void grow() {
    int size = 2 * type.length;
    ownerOffset = Arrays.copyOf(ownerOffset, size);
    ownerHash = Arrays.copyOf(ownerHash, size);
    ownerLength = Arrays.copyOf(ownerLength, size);
    type = Arrays.copyOf(type, size);
    ttlSeconds = Arrays.copyOf(ttlSeconds, size);
    dataOffset = Arrays.copyOf(dataOffset, size);
    dataLength = Arrays.copyOf(dataLength, size);
  }

  /** From the right, so that the hash of a name continues that of its ancestors. */
  private static int hash(byte[] name, int length) {
    int hash = 0;
    for (int i = length - 1; i >= 0; i--) {
      hash = hash * 31 + NameBytes.lowerCase(name[i]);
    }
    return hash;
  }

  /** The hash of a name as an owner's. */
  static int hash(Name name) {
    int hash = 0;
    for (int i = name.length() - 1; i >= 0; i--) {
      hash = hash * 31 + NameBytes.lowerCase(name.byteAt(i));
    }
    return hash;
  }

  /**
   * The hashes of the last 1, 2, 3... bytes of a name; those at its labels are its ancestors'.
   * Overwritten by the next call.
   */
  int[] suffixHashes(Name name) {
    int hash = 0;
    for (int i = name.length() - 1; i >= 0; i--) {
      hash = hash * 31 + NameBytes.lowerCase(name.byteAt(i));
      suffixHashes[name.length() - i] = hash;
    }
    return suffixHashes;
  }

  int answerEnd() {
    return answerEnd;
  }

  int authorityEnd() {
    return authorityEnd;
  }

  int end() {
    return end;
  }

  /** The response code, its upper bits from the OPT record. */
  Rcode rcode() {
    return new Rcode((extendedRcode << EXTENDED_RCODE_SHIFT) | (flags & Header.RCODE));
  }

  boolean isAuthoritative() {
    return (flags & Header.AA) != 0;
  }

  boolean offersRecursion() {
    return (flags & Header.RA) != 0;
  }

  /** The type of a record of class IN; -1 in any other class. */
  int type(int index) {
    return type[index];
  }

  /** 0 to 2<sup>31</sup> - 1; 0 where the top bit is set (RFC 2181, 8). */
  int ttlSeconds(int index) {
    return ttlSeconds[index];
  }

  int ownerLength(int index) {
    return ownerLength[index];
  }

  int ownerHash(int index) {
    return ownerHash[index];
  }

  Name owner(int index) throws MalformedPacketException {
    reader.position(ownerOffset[index]);
    return readName();
  }

  private Name readName() throws MalformedPacketException {
    reader.readName(scratch, 0);
    letters.restore(scratch, 0);
    return Name.ofWire(scratch, 0);
  }

  /** True if a record is this name's. */
  boolean isOwnedBy(int index, Name name, int hash) throws MalformedPacketException {
    if (ownerHash[index] != hash || ownerLength[index] != name.length()) {
      return false;
    }
    reader.position(ownerOffset[index]);
    reader.readName(scratch, 0);
    return name.isAt(scratch, 0);
  }

  int dataLength(int index) {
    return dataLength[index];
  }

  /** The name that a record's data consist of, as in NS records. */
  Name nameIn(int index) throws MalformedPacketException {
    reader.position(dataOffset[index]);
    Name name = readName();
    reader.requireAt(dataOffset[index] + dataLength[index]);
    return name;
  }

  /** True if this is an A or AAAA record with a private address. */
  boolean isPrivateAddress(int index) {
    int length = dataLength[index];
    boolean isAddress =
        (type[index] == RecordType.A.code() && length == AddressText.IPV4_BYTES)
            || (type[index] == RecordType.AAAA.code() && length == AddressText.IPV6_BYTES);
    return isAddress && AddressPolicy.isPrivate(packet, dataOffset[index], length);
  }

  /** A reader that stands at a record's data, for the next use of this index only. */
  PacketReader data(int index) throws MalformedPacketException {
    reader.position(dataOffset[index]);
    return reader;
  }

  /**
   * Reads a record's data as {@link RdataBytes#read} does, with the names in them as they are
   * without our question's letters.
   */
  int readData(int index, byte[] target, int offset) throws MalformedPacketException {
    int bytes = RdataBytes.read(data(index), type[index], dataLength[index], target, offset);
    int names = RdataBytes.names(type[index]);
    int at = names > 0 ? RdataBytes.firstName(type[index], target, offset) : offset;
    for (int i = 0; i < names; i++) {
      at = letters.restore(target, at);
    }
    return bytes;
  }
}
