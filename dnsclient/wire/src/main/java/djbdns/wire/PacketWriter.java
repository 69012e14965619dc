package djbdns.wire;

import java.util.Arrays;

/**
 * Composes one packet in a fixed buffer: header, question, then records section by section. Belongs
 * to one thread, is meant to be reused, and allocates nothing after construction.
 *
 * <p>Names are compressed against those written before, where the earlier one starts below offset
 * 0x4000 and is at most {@link Limits#COMPRESSION_NAME_BYTES} long; the first {@link
 * Limits#COMPRESSION_NAMES} such names are remembered. These are the bounds of 1.05 (response.c),
 * so the same records give the same bytes, with the pointer range checked (CVE-2009-0858). Their
 * memory is a hash table over name suffixes, so a name costs time in proportion to its length.
 *
 * <p>Whoever follows a pointer sees the letters of the earlier name. That is right where a server
 * repeats what was asked, and loses the letters of any other name (RFC 4343, 4; RFC 5936, 3.4): so
 * there is a way that asks for the same letters, as in {@link #addNameAsIs}, and one that does not.
 *
 * <p>Nothing is ever written past the limit: a record that does not fit leaves the packet as it was
 * before {@link #beginRecord} and the call that found out returns false.
 *
 * <p>Invariants: {@code HEADER_BYTES <= questionEnd <= length <= limit <= buffer.length}; each
 * remembered name starts below {@code length}; the counts in the header are those of the finished
 * records.
 */
public final class PacketWriter {
  private static final int SLOTS = 256;
  private static final int SLOT_MASK = SLOTS - 1;

  private final byte[] buffer;
  private int limit;
  private int length;
  private int questionEnd;

  /** Length of the name in the question that follows the header; 0 where there is none. */
  private int questionNameBytes;

  /** The start of the unfinished record, and its RDLENGTH field; -1 if there is none. */
  private int recordStart = -1;

  private int rdlengthOffset = -1;
  private int namesBeforeRecord;

  private final int[] nameOffset = new int[Limits.COMPRESSION_NAMES];
  private final int[] nameHash = new int[Limits.COMPRESSION_NAMES];
  private final int[] nameBytes = new int[Limits.COMPRESSION_NAMES];
  private final int[] nameSlot = new int[Limits.COMPRESSION_NAMES];
  private int nameCount;

  /** Index of a remembered name plus one; 0 is free. */
  private final byte[] slots = new byte[SLOTS];

  private final int[] labelOffset = new int[Limits.NAME_LABELS];
  private final int[] suffixHash = new int[Limits.NAME_LABELS + 1];

  /**
   * A writer over a buffer of its own.
   *
   * @param capacityBytes {@link Limits#HEADER_BYTES} to {@link Limits#MESSAGE_BYTES}
   */
  public PacketWriter(int capacityBytes) {
    if (capacityBytes < Limits.HEADER_BYTES || capacityBytes > Limits.MESSAGE_BYTES) {
      throw new IllegalArgumentException("capacity of " + capacityBytes + " bytes");
    }
    buffer = new byte[capacityBytes];
    limit = capacityBytes;
    length = Limits.HEADER_BYTES;
    questionEnd = length;
  }

  /**
   * Starts a new packet.
   *
   * @param limitBytes most bytes it may have, up to the capacity
   */
  public void begin(int id, int flags, int limitBytes) {
    if (limitBytes < Limits.HEADER_BYTES || limitBytes > buffer.length) {
      throw new IllegalArgumentException("limit of " + limitBytes + " bytes");
    }
    forgetNames(0);
    limit = limitBytes;
    recordStart = -1;
    putU16(0, id);
    putU16(Header.FLAGS_OFFSET, flags);
    for (int offset = Header.COUNTS_OFFSET; offset < Limits.HEADER_BYTES; offset += 2) {
      putU16(offset, 0);
    }
    length = Limits.HEADER_BYTES;
    questionEnd = length;
    questionNameBytes = 0;
  }

  /** The bytes written so far, {@link #length()} of them from the start; owned by this writer. */
  public byte[] buffer() {
    return buffer;
  }

  public int length() {
    return length;
  }

  /** Most bytes the packet may have. */
  public int limit() {
    return limit;
  }

  /** Raises or lowers the limit, for example to give room back that was kept for an OPT record. */
  public void limit(int limitBytes) {
    if (limitBytes < length || limitBytes > buffer.length) {
      throw new IllegalArgumentException("limit of " + limitBytes + " bytes");
    }
    limit = limitBytes;
  }

  public int flags() {
    return getU16(Header.FLAGS_OFFSET);
  }

  public void flags(int flags) {
    putU16(Header.FLAGS_OFFSET, flags);
  }

  /** Records written to a section. */
  public int count(Section section) {
    return getU16(section.countOffset());
  }

  /**
   * Claims a number of records in a section, whatever it holds, as truncating servers of old do.
   */
  public void setCount(Section section, int count) {
    putU16(section.countOffset(), count);
  }

  /**
   * Writes a question; false if it does not fit. Call it before any record. A query has one (RFC
   * 9619), but the format allows more.
   */
  public boolean question(byte[] name, int nameOffsetBytes, int type, int recordClass) {
    if (length != questionEnd || recordStart >= 0) {
      throw new IllegalStateException("a question behind a record");
    }
    recordStart = length;
    namesBeforeRecord = nameCount;
    if (!addName(name, nameOffsetBytes) || !addU16(type) || !addU16(recordClass)) {
      return false;
    }
    if (recordStart == Limits.HEADER_BYTES) {
      questionNameBytes = length - Limits.HEADER_BYTES - 4;
    }
    recordStart = -1;
    putU16(Header.COUNTS_OFFSET, getU16(Header.COUNTS_OFFSET) + 1);
    questionEnd = length;
    return true;
  }

  /** As {@link #question(byte[], int, int, int)}. */
  public boolean question(Question question) {
    return question(
        question.name().toWire(), 0, question.type().code(), question.recordClass().code());
  }

  /**
   * Starts a record: owner, type, class and TTL (RFC 1035, 4.1.3). The data follows by {@code add}
   * calls, then {@link #endRecord}. Once a call has returned false the record is gone and its
   * remaining calls must be left out: they throw {@link IllegalStateException}.
   *
   * @param ttlSeconds its lower 32 bits are written
   */
  public boolean beginRecord(
      byte[] owner, int ownerOffset, int type, int recordClass, long ttlSeconds) {
    return beginRecord(owner, ownerOffset, type, recordClass, ttlSeconds, false);
  }

  /** As {@link #beginRecord}, but the owner keeps its letters. */
  public boolean beginRecordAsIs(
      byte[] owner, int ownerOffset, int type, int recordClass, long ttlSeconds) {
    return beginRecord(owner, ownerOffset, type, recordClass, ttlSeconds, true);
  }

  private boolean beginRecord(
      byte[] owner,
      int ownerOffset,
      int type,
      int recordClass,
      long ttlSeconds,
      boolean ownerAsIs) {
    if (recordStart >= 0) {
      throw new IllegalStateException("a record is unfinished");
    }
    recordStart = length;
    rdlengthOffset = -1;
    namesBeforeRecord = nameCount;
    if (!addName(owner, ownerOffset, ownerAsIs)
        || !addU16(type)
        || !addU16(recordClass)
        || !addU32(ttlSeconds)) {
      return false;
    }
    rdlengthOffset = length;
    return addU16(0);
  }

  /** Ends the record and counts it. */
  public void endRecord(Section section) {
    if (rdlengthOffset < 0 || recordStart < 0) {
      throw new IllegalStateException("no record to end");
    }
    putU16(rdlengthOffset, length - rdlengthOffset - 2);
    putU16(section.countOffset(), count(section) + 1);
    recordStart = -1;
    rdlengthOffset = -1;
  }

  /**
   * Adds a whole record as it is, its names uncompressed; false if it does not fit.
   *
   * @param bytes the record, {@code count} bytes from the array's start
   */
  public boolean addRecord(byte[] bytes, int count, Section section) {
    if (recordStart >= 0) {
      throw new IllegalStateException("a record is unfinished");
    }
    recordStart = length;
    namesBeforeRecord = nameCount;
    if (!addBytes(bytes, 0, count)) {
      return false;
    }
    recordStart = -1;
    putU16(section.countOffset(), count(section) + 1);
    return true;
  }

  /** Takes the unfinished record back. */
  public void cancelRecord() {
    if (recordStart >= 0) {
      forgetNames(namesBeforeRecord);
      length = recordStart;
      recordStart = -1;
      rdlengthOffset = -1;
    }
  }

  private boolean reserve(int count) {
    if (recordStart < 0) {
      throw new IllegalStateException("no record to add to");
    }
    if (count <= limit - length) {
      return true;
    }
    cancelRecord();
    return false;
  }

  public boolean addU8(int value) {
    if (!reserve(1)) {
      return false;
    }
    buffer[length++] = (byte) value;
    return true;
  }

  public boolean addU16(int value) {
    if (!reserve(2)) {
      return false;
    }
    putU16(length, value);
    length += 2;
    return true;
  }

  public boolean addU32(long value) {
    if (!reserve(4)) {
      return false;
    }
    putU16(length, (int) (value >> 16));
    putU16(length + 2, (int) value);
    length += 4;
    return true;
  }

  public boolean addBytes(byte[] bytes, int offset, int count) {
    if (!reserve(count)) {
      return false;
    }
    System.arraycopy(bytes, offset, buffer, length, count);
    length += count;
    return true;
  }

  /** Adds a name without compression, as types unknown to RFC 1035 require (RFC 3597, 4). */
  public boolean addNameUncompressed(byte[] name, int offset) {
    return addBytes(name, offset, NameBytes.length(name, offset));
  }

  /** Adds a name, its longest suffix that was written before, in whatever letters, as a pointer. */
  public boolean addName(byte[] name, int offset) {
    return addName(name, offset, false);
  }

  /** Adds a name, its longest suffix that was written before in the same letters as a pointer. */
  public boolean addNameAsIs(byte[] name, int offset) {
    return addName(name, offset, true);
  }

  private boolean addName(byte[] name, int offset, boolean asIs) {
    int labels = 0;
    int position = offset;
    while (name[position] != 0) {
      labelOffset[labels++] = position;
      position += 1 + name[position];
    }
    int nameEnd = position + 1;
    int asked = inQuestion(name, offset, nameEnd - offset, asIs);
    if (asked >= 0) {
      return addU16(0xc000 | asked);
    }
    // From the right, so that each suffix's hash continues that of the shorter one.
    int hash = 0;
    for (int i = labels - 1; i >= 0; i--) {
      int labelEnd = i + 1 < labels ? labelOffset[i + 1] : nameEnd - 1;
      for (int p = labelOffset[i]; p < labelEnd; p++) {
        hash = hash * 31 + NameBytes.lowerCase(name[p]);
      }
      hash ^= hash >>> 15;
      suffixHash[i] = hash;
    }
    // No suffix of a name equals another of its own, and those are not wholly written yet.
    int complete = nameCount;
    for (int i = 0; i < labels; i++) {
      int start = labelOffset[i];
      int suffixBytes = nameEnd - start;
      if (suffixBytes <= Limits.COMPRESSION_NAME_BYTES) {
        int known = findName(name, start, suffixBytes, suffixHash[i], complete, asIs);
        if (known >= 0) {
          return addU16(0xc000 | nameOffset[known]);
        }
        rememberName(suffixHash[i], suffixBytes);
      }
      if (!addBytes(name, start, 1 + name[start])) {
        return false;
      }
    }
    return addU8(0);
  }

  /**
   * Where the question's name, or a suffix of it, equals this name; -1 if none does, or compression
   * does not reach that far. Most owners are found here, without hashing: the name asked for and
   * its zone. The question's names are the first to be remembered, so the choice is the same.
   */
  private int inQuestion(byte[] name, int offset, int bytes, boolean asIs) {
    if (bytes > questionNameBytes || bytes == 1 || bytes > Limits.COMPRESSION_NAME_BYTES) {
      return -1;
    }
    int wanted = Limits.HEADER_BYTES + questionNameBytes - bytes;
    int label = Limits.HEADER_BYTES;
    while (label < wanted) {
      label += 1 + buffer[label];
    }
    return label == wanted && isEqual(label, name, offset, bytes, asIs) ? label : -1;
  }

  /**
   * Index among the first {@code count} remembered names of the one that equals the suffix, or -1.
   * The suffixes of a name differ in length, so however the hashes collide, no remembered name is
   * compared with more than one of them.
   */
  private int findName(byte[] name, int start, int bytes, int hash, int count, boolean asIs) {
    for (int slot = hash & SLOT_MASK; slots[slot] != 0; slot = (slot + 1) & SLOT_MASK) {
      int index = slots[slot] - 1;
      if (index < count
          && nameHash[index] == hash
          && nameBytes[index] == bytes
          && isWrittenAt(nameOffset[index], name, start, asIs)) {
        return index;
      }
    }
    return -1;
  }

  /** Remembers that the suffix with this hash is about to be written at the end of the packet. */
  private void rememberName(int hash, int bytes) {
    if (nameCount == Limits.COMPRESSION_NAMES || length >= Limits.POINTER_LIMIT) {
      return;
    }
    int slot = hash & SLOT_MASK;
    while (slots[slot] != 0) {
      slot = (slot + 1) & SLOT_MASK;
    }
    nameOffset[nameCount] = length;
    nameHash[nameCount] = hash;
    nameBytes[nameCount] = bytes;
    nameSlot[nameCount] = slot;
    slots[slot] = (byte) ++nameCount;
  }

  /** Forgets names, newest first, until {@code count} are left. */
  private void forgetNames(int count) {
    while (nameCount > count) {
      slots[nameSlot[--nameCount]] = 0;
    }
  }

  /** True if the name written at {@code written} in the packet equals the one at {@code start}. */
  private boolean isWrittenAt(int written, byte[] name, int start, boolean asIs) {
    int at = written;
    int p = start;
    while (true) {
      while ((buffer[at] & 0xc0) == 0xc0) {
        at = ((buffer[at] & 0x3f) << 8) | (buffer[at + 1] & 0xff);
      }
      int labelBytes = 1 + name[p];
      if (!isEqual(at, name, p, labelBytes, asIs)) {
        return false;
      }
      if (labelBytes == 1) {
        return true;
      }
      at += labelBytes;
      p += labelBytes;
    }
  }

  private boolean isEqual(int written, byte[] name, int start, int bytes, boolean asIs) {
    return asIs
        ? Arrays.equals(buffer, written, written + bytes, name, start, start + bytes)
        : NameBytes.equalIgnoreCase(buffer, written, name, start, bytes);
  }

  /** The state of the packet, for {@link #rollBack}; no record may be unfinished. */
  public long mark() {
    if (recordStart >= 0) {
      throw new IllegalStateException("a record is unfinished");
    }
    return ((long) nameCount << 32) | length;
  }

  /**
   * Takes back everything written since {@link #mark()}.
   *
   * @param section the only section that has grown since; it goes back to {@code count} records
   */
  public void rollBack(long mark, Section section, int count) {
    cancelRecord();
    forgetNames((int) (mark >> 32));
    length = (int) mark;
    putU16(section.countOffset(), count);
  }

  /** Takes back every record: what is left is the header, with TC set, and the question. */
  public void truncate() {
    cancelRecord();
    flags(flags() | Header.TC);
    for (Section section : SECTIONS) {
      putU16(section.countOffset(), 0);
    }
    int kept = nameCount;
    while (kept > 0 && nameOffset[kept - 1] >= questionEnd) {
      kept--;
    }
    forgetNames(kept);
    length = questionEnd;
  }

  private static final Section[] SECTIONS = Section.values();

  private void putU16(int offset, int value) {
    buffer[offset] = (byte) (value >> 8);
    buffer[offset + 1] = (byte) value;
  }

  private int getU16(int offset) {
    return ((buffer[offset] & 0xff) << 8) | (buffer[offset + 1] & 0xff);
  }

  /** Throws if an invariant of this class is broken; for tests. */
  public void checkInvariants() {
    if (questionEnd < Limits.HEADER_BYTES
        || length < questionEnd
        || limit < length
        || buffer.length < limit) {
      throw new AssertionError(questionEnd + " " + length + " " + limit + " " + buffer.length);
    }
    for (int i = 0; i < nameCount; i++) {
      if (nameOffset[i] >= length
          || nameOffset[i] >= Limits.POINTER_LIMIT
          || slots[nameSlot[i]] != i + 1) {
        throw new AssertionError("remembered name " + i);
      }
    }
  }
}
