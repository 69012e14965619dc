package djbdns.wire;

/**
 * Reads one received packet, front to back; belongs to one thread and is meant to be reused. The
 * only code that touches received bytes: every read is checked against the packet's end, and names
 * are well-formed once read. A compression pointer must point before the name it stands in, further
 * back each time, so neither loops nor forward pointers exist (RFC 1035, 4.1.4: "a prior
 * occurrence"); {@link Limits#NAME_POINTERS} bounds the work of a name.
 *
 * <p>Every method that reads throws {@link MalformedPacketException} where the packet ends too
 * early or breaks the format.
 */
public final class PacketReader {
  private byte[] packet = new byte[0];
  private int end;
  private int position;

  /**
   * Starts at the first byte of a packet. The bytes are not copied.
   *
   * @param length bytes of the packet, from the array's start
   */
  public PacketReader wrap(byte[] bytes, int length) {
    if (length < 0 || length > bytes.length) {
      throw new IllegalArgumentException(length + " bytes in an array of " + bytes.length);
    }
    packet = bytes;
    end = length;
    position = 0;
    return this;
  }

  /** Offset of the next byte from the start of the packet. */
  public int position() {
    return position;
  }

  /** Moves to an offset at or before the end. */
  public void position(int offset) throws MalformedPacketException {
    if (offset < 0 || offset > end) {
      throw MalformedPacketException.INSTANCE;
    }
    position = offset;
  }

  public int remaining() {
    return end - position;
  }

  /** Checks that the reader stands at this offset, where something of a given length must end. */
  public void requireAt(int offset) throws MalformedPacketException {
    if (position != offset) {
      throw MalformedPacketException.INSTANCE;
    }
  }

  /**
   * Lets everything after the next {@code count} bytes look like the packet's end. Pointers still
   * lead to earlier names, which lie before it.
   *
   * @return the end so far, for {@link #widen}
   */
  public int narrow(int count) throws MalformedPacketException {
    require(count);
    int outerEnd = end;
    end = position + count;
    return outerEnd;
  }

  /** Ends the innermost {@link #narrow}, which returned {@code outerEnd}. */
  public void widen(int outerEnd) {
    end = outerEnd;
  }

  /** Throws unless everything has been read. */
  public void requireEnd() throws MalformedPacketException {
    if (position != end) {
      throw MalformedPacketException.INSTANCE;
    }
  }

  private void require(int count) throws MalformedPacketException {
    if (count < 0 || end - position < count) {
      throw MalformedPacketException.INSTANCE;
    }
  }

  public void skip(int count) throws MalformedPacketException {
    require(count);
    position += count;
  }

  public int readU8() throws MalformedPacketException {
    require(1);
    return packet[position++] & 0xff;
  }

  public int readU16() throws MalformedPacketException {
    require(2);
    int value = ((packet[position] & 0xff) << 8) | (packet[position + 1] & 0xff);
    position += 2;
    return value;
  }

  public long readU32() throws MalformedPacketException {
    return ((long) readU16() << 16) | readU16();
  }

  public byte[] readBytes(int count) throws MalformedPacketException {
    require(count);
    byte[] bytes = new byte[count];
    readBytes(bytes, 0, count);
    return bytes;
  }

  /** Everything up to the end, or to that of the data that the reader is narrowed to. */
  public Bytes readRest() throws MalformedPacketException {
    return Bytes.owning(readBytes(remaining()));
  }

  public void readBytes(byte[] target, int offset, int count) throws MalformedPacketException {
    require(count);
    System.arraycopy(packet, position, target, offset, count);
    position += count;
  }

  /** The header; the reader stands behind it afterwards. Call it first. */
  public Header readHeader() throws MalformedPacketException {
    return new Header(readU16(), readU16(), readU16(), readU16(), readU16(), readU16());
  }

  public Question readQuestion() throws MalformedPacketException {
    return new Question(readName(), new RecordType(readU16()), new RecordClass(readU16()));
  }

  public Name readName() throws MalformedPacketException {
    byte[] wire = new byte[Limits.NAME_BYTES];
    readName(wire, 0);
    return Name.ofWire(wire, 0);
  }

  /**
   * Reads a name, following compression pointers, and writes it uncompressed.
   *
   * @param target has room for {@link Limits#NAME_BYTES} bytes at {@code offset}
   * @return the name's length in wire form, 1 to 255
   */
  public int readName(byte[] target, int offset) throws MalformedPacketException {
    int next = position;
    int behind = -1;
    int pointerLimit = position;
    int pointers = 0;
    int length = 0;
    while (true) {
      if (next >= end) {
        throw MalformedPacketException.INSTANCE;
      }
      int octet = packet[next++] & 0xff;
      if (octet >= 0xc0) {
        if (next >= end) {
          throw MalformedPacketException.INSTANCE;
        }
        int pointer = ((octet & 0x3f) << 8) | (packet[next++] & 0xff);
        if (behind < 0) {
          behind = next;
        }
        if (pointer >= pointerLimit || ++pointers > Limits.NAME_POINTERS) {
          throw MalformedPacketException.INSTANCE;
        }
        next = pointer;
        pointerLimit = pointer;
        continue;
      }
      if (octet > Limits.LABEL_BYTES
          || end - next < octet
          || length + 1 + octet > Limits.NAME_BYTES) {
        throw MalformedPacketException.INSTANCE;
      }
      target[offset + length++] = (byte) octet;
      if (octet == 0) {
        break;
      }
      System.arraycopy(packet, next, target, offset + length, octet);
      next += octet;
      length += octet;
    }
    position = behind < 0 ? next : behind;
    return length;
  }

  /** Passes over a name without following its pointers. */
  public void skipName() throws MalformedPacketException {
    while (true) {
      int octet = readU8();
      if (octet >= 0xc0) {
        skip(1);
        return;
      }
      if (octet > Limits.LABEL_BYTES) {
        throw MalformedPacketException.INSTANCE;
      }
      if (octet == 0) {
        return;
      }
      skip(octet);
    }
  }

  /** Passes over a record: owner, type, class, TTL, data (RFC 1035, 4.1.3). */
  public void skipRecord() throws MalformedPacketException {
    skipName();
    skip(8);
    skip(readU16());
  }
}
