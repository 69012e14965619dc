package djbdns.tinydns.cdb;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;

import djbdns.posix.RegularFile;
import djbdns.posix.UserFile;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * A constant database, read whole into memory off the heap. A private copy, not a mapping: whatever
 * happens to the file afterwards (truncation, a copy over it, a vanished file server) cannot touch
 * an answer, and the garbage collector never sees it.
 *
 * <pre>
 * | 256 x (table position, slots) | records: key length, data length, key, data | 256 tables of slots |
 * </pre>
 *
 * Numbers are 32 bits, little-endian; a slot is a hash and the position of a record. {@link #load}
 * has checked that tables and records lie inside the file and do not overlap. Immutable, so any
 * number of threads may read it, each with a {@link CdbCursor} of its own, until {@link #close}.
 */
public final class Cdb implements AutoCloseable {
  static final int HEADER_BYTES = 2048;
  static final int TABLES = 256;
  static final long MAX_BYTES = 0xffffffffL;

  private static final ValueLayout.OfInt U32 =
      JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private static final ValueLayout.OfShort BIG16 =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfInt BIG32 = JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfLong BIG64 =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  /** Eight bytes at a time of the database and of a key on the heap. */
  private static final ValueLayout.OfLong EIGHT_BYTES = ValueLayout.JAVA_LONG_UNALIGNED;

  private static final VarHandle KEY_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

  /** Up to here a loop is faster than a call of the bulk copy. */
  private static final int SHORT_BYTES = 8;

  /** Most bytes handed to one read call: a buffer has an int for its size. */
  private static final int READ_BYTES = 1 << 26;

  private final Arena arena;
  private final MemorySegment bytes;

  /** The position where the records end and the tables begin. */
  private final long recordsEnd;

  private Cdb(Arena arena, MemorySegment bytes) throws CdbException {
    this.arena = arena;
    this.bytes = bytes;
    recordsEnd = checkTables();
  }

  /**
   * Reads and checks a database.
   *
   * @throws CdbException if the file is damaged
   * @throws IOException if it cannot be read, or is no regular file
   */
  public static Cdb load(Path file) throws IOException {
    try (FileChannel channel = UserFile.openChannel(file)) {
      return load(
          channel.size(), (buffer, position) -> channel.read(buffer.asByteBuffer(), position));
    }
  }

  /**
   * The same for a server, which must not wait whatever happens to the file.
   *
   * @throws CdbException if the file is damaged
   * @throws IOException if it cannot be read
   */
  public static Cdb load(RegularFile file) throws IOException {
    return load(file.status().sizeBytes(), file::read);
  }

  /** Reads bytes from a position, none or -1 at the end. */
  @FunctionalInterface
  private interface Source {
    int read(MemorySegment buffer, long position) throws IOException;
  }

  private static Cdb load(long size, Source source) throws IOException {
    // Closed by Cdb.close, from whichever thread stops using the database last.
    Arena arena = Arena.ofShared();
    try {
      return new Cdb(arena, read(arena, size, source));
    } catch (Throwable e) {
      arena.close();
      throw e;
    }
  }

  private static MemorySegment read(Arena arena, long size, Source source) throws IOException {
    if (size < HEADER_BYTES || size > MAX_BYTES) {
      throw new CdbException("size of " + size + " bytes");
    }
    MemorySegment bytes = arena.allocate(size);
    long position = 0;
    while (position < size) {
      long count = Math.min(READ_BYTES, size - position);
      int read = source.read(bytes.asSlice(position, count), position);
      if (read <= 0) {
        throw new CdbException("ends after " + position + " of " + size + " bytes");
      }
      position += read;
    }
    return bytes;
  }

  /** Tables must lie inside the file, behind the records, and slots must point at records. */
  private long checkTables() throws CdbException {
    long lowest = bytes.byteSize();
    long allSlots = 0;
    for (int table = 0; table < TABLES; table++) {
      long position = u32(8L * table);
      long slots = u32(8L * table + 4);
      allSlots += slots;
      if (position < HEADER_BYTES || position + 8 * slots > bytes.byteSize()) {
        throw new CdbException("hash table " + table + " lies outside of the file");
      }
      lowest = Math.min(lowest, position);
    }
    // Tables that overlap would make this check slower than the file is long.
    if (8 * allSlots > bytes.byteSize() - lowest) {
      throw new CdbException("hash tables overlap");
    }
    for (int table = 0; table < TABLES; table++) {
      checkSlots(u32(8L * table), u32(8L * table + 4), lowest);
    }
    return lowest;
  }

  private void checkSlots(long table, long slots, long limit) throws CdbException {
    for (long slot = table; slot < table + 8 * slots; slot += 8) {
      long record = u32(slot + 4);
      if (record != 0 && (record < HEADER_BYTES || record + 8 > limit)) {
        throw new CdbException("hash slot at " + slot + " points outside of the records");
      }
    }
  }

  /** Receives every record in file order. */
  @FunctionalInterface
  public interface Visitor {
    /**
     * Takes a record: {@code keyLength} bytes at {@code key}, {@code dataLength} bytes behind them.
     */
    void record(long key, int keyLength, int dataLength) throws CdbException;
  }

  /**
   * Walks through the records.
   *
   * @throws CdbException if a record runs into the tables, or the visitor dislikes one
   */
  public void forEach(Visitor visitor) throws CdbException {
    CdbScan scan = new CdbScan(this);
    while (scan.next()) {
      visitor.record(scan.key(), scan.keyLength(), scan.dataLength());
    }
  }

  /** Size of the database in bytes. */
  public long byteSize() {
    return bytes.byteSize();
  }

  /** The end of the records: a lookup trusts no length that passes it. */
  long recordsEnd() {
    return recordsEnd;
  }

  /** An unsigned 32-bit number of the database's own structure. */
  long u32(long position) {
    return bytes.get(U32, position) & 0xffffffffL;
  }

  /** Two bytes of a record as an unsigned number, the first byte high. */
  public int bigEndian16(long position) {
    return bytes.get(BIG16, position) & 0xffff;
  }

  /** Four bytes of a record as an unsigned number, the first byte high. */
  public long bigEndian32(long position) {
    return bytes.get(BIG32, position) & 0xffffffffL;
  }

  /** Eight bytes of a record, the first byte high. */
  public long bigEndian64(long position) {
    return bytes.get(BIG64, position);
  }

  public byte byteAt(long position) {
    return bytes.get(JAVA_BYTE, position);
  }

  /** Copies bytes to the heap. */
  public void copy(long position, byte[] target, int offset, int count) {
    if (count > SHORT_BYTES) {
      MemorySegment.copy(bytes, JAVA_BYTE, position, target, offset, count);
      return;
    }
    for (int i = 0; i < count; i++) {
      target[offset + i] = bytes.get(JAVA_BYTE, position + i);
    }
  }

  /** True if the bytes at {@code position} are those of {@code key}. */
  public boolean matches(long position, byte[] key, int offset, int length) {
    int i = 0;
    for (; i + Long.BYTES <= length; i += Long.BYTES) {
      if (bytes.get(EIGHT_BYTES, position + i) != (long) KEY_BYTES.get(key, offset + i)) {
        return false;
      }
    }
    for (; i < length; i++) {
      if (bytes.get(JAVA_BYTE, position + i) != key[offset + i]) {
        return false;
      }
    }
    return true;
  }

  /** The hash of the format: from 5381, times 33, xor each byte. */
  public static int hash(byte[] key, int offset, int length) {
    int hash = 5381;
    for (int i = offset; i < offset + length; i++) {
      hash = (hash * 33) ^ (key[i] & 0xff);
    }
    return hash;
  }

  /** Gives the memory back. No thread may be reading. */
  @Override
  public void close() {
    arena.close();
  }
}
