package djbdns.tinydns.cdb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;

/**
 * Writes a constant database (cr.yp.to/cdb/cdb.txt), byte for byte as cdb_make.c does for the same
 * records in the same order. One thread.
 *
 * <pre>
 * | 256 x (table position, slots) | records: key length, data length, key, data | 256 tables of slots |
 * </pre>
 *
 * Records go straight to the channel; of each only a slot, its hash and position, stays in memory:
 * 8 bytes, and 8 more while {@link #finish} sorts them. Numbers are 32 bits, little-endian.
 *
 * <p>Within a table, slots are filled in the order in which the records were added: each goes to
 * the first free slot at or after the one its hash names. A table has two slots for every record.
 *
 * <p>Invariants: what the channel holds and what waits in the buffer end at {@code position};
 * {@code position} never passes 4 GiB; a slot is never 0, for no record lies inside the header.
 */
public final class CdbWriter implements RecordSink {
  private static final int HEADER_BYTES = Cdb.HEADER_BYTES;
  private static final int TABLES = Cdb.TABLES;
  private static final int SLOT_BYTES = 8;
  private static final long MAX_BYTES = Cdb.MAX_BYTES;
  private static final int BUFFER_BYTES = 1 << 17;
  private static final int FIRST_SLOTS = 1 << 14;

  private final SeekableByteChannel channel;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int buffered;

  /** The position of the next byte in the file. */
  private long position = HEADER_BYTES;

  /** Hash in the high half, position of the record in the low half; as added. */
  private long[] slots = new long[FIRST_SLOTS];

  private int slotCount;

  /**
   * Starts an empty database at the start of the channel; the caller truncates it, and syncs and
   * closes it after {@link #finish}.
   */
  public CdbWriter(SeekableByteChannel channel) throws IOException {
    this.channel = channel;
    channel.position(HEADER_BYTES);
  }

  /**
   * {@inheritDoc}
   *
   * @throws CdbTooBigException if the file would pass 4 GiB
   */
  @Override
  public void add(byte[] key, int keyLength, byte[] data, int dataLength) throws IOException {
    rememberSlot(Cdb.hash(key, 0, keyLength));
    putInt(keyLength);
    putInt(dataLength);
    putBytes(key, keyLength);
    putBytes(data, dataLength);
  }

  /**
   * The hash of a record's key, see {@link Cdb#hash}; not after {@link #finish}.
   *
   * @param index 0 for the record that was added first
   */
  public int hashAt(int index) {
    return hashOf(slots[index]);
  }

  /** The position of a record in the file; not after {@link #finish}. */
  public long positionAt(int index) {
    return Integer.toUnsignedLong((int) slots[index]);
  }

  /** Writes tables and header. The database is complete when this returns. */
  public void finish() throws IOException {
    int[] ends = new int[TABLES];
    long[] sorted = sortByTable(ends);
    slots = new long[0];
    byte[] header = new byte[HEADER_BYTES];
    int start = 0;
    for (int table = 0; table < TABLES; table++) {
      int end = ends[table];
      int size = 2 * (end - start);
      writeInt(header, SLOT_BYTES * table, (int) position);
      writeInt(header, SLOT_BYTES * table + 4, size);
      putTable(sorted, start, end, new long[size]);
      start = end;
    }
    flush();
    channel.position(0);
    write(ByteBuffer.wrap(header));
  }

  private static int hashOf(long slot) {
    return (int) (slot >>> 32);
  }

  private static int tableOf(long slot) {
    return hashOf(slot) & (TABLES - 1);
  }

  private void rememberSlot(int hash) {
    if (slotCount == slots.length) {
      slots = Arrays.copyOf(slots, 2 * slotCount);
    }
    slots[slotCount++] = ((long) hash << 32) | position;
  }

  /** A stable counting sort; sets where each table's slots end. */
  private long[] sortByTable(int[] ends) {
    int[] next = new int[TABLES];
    for (int i = 0; i < slotCount; i++) {
      ends[tableOf(slots[i])]++;
    }
    for (int table = 1; table < TABLES; table++) {
      next[table] = ends[table - 1];
      ends[table] += ends[table - 1];
    }
    long[] sorted = new long[slotCount];
    for (int i = 0; i < slotCount; i++) {
      sorted[next[tableOf(slots[i])]++] = slots[i];
    }
    return sorted;
  }

  private void putTable(long[] sorted, int start, int end, long[] table) throws IOException {
    // From a slot that is taken, how far ahead the search may go on: many records of one name would
    // otherwise each walk past all those before.
    int[] ahead = new int[table.length];
    for (int i = start; i < end; i++) {
      int where = firstFree(ahead, (hashOf(sorted[i]) >>> 8) % table.length);
      table[where] = sorted[i];
      ahead[where] = 1;
    }
    for (long slot : table) {
      putInt(hashOf(slot));
      putInt((int) slot);
    }
  }

  /** The first free slot at or after a slot; the slots that it passes lead further after that. */
  private static int firstFree(int[] ahead, int slot) {
    int at = slot;
    while (ahead[at] != 0) {
      ahead[at] += ahead[slotAhead(ahead, at)];
      at = slotAhead(ahead, at);
    }
    return at;
  }

  /** A search never comes around to where it began: half of the slots stay free. */
  private static int slotAhead(int[] ahead, int slot) {
    int next = slot + ahead[slot];
    return next < ahead.length ? next : next - ahead.length;
  }

  private void putInt(int value) throws IOException {
    advance(4);
    if (buffered > buffer.length - 4) {
      flush();
    }
    writeInt(buffer, buffered, value);
    buffered += 4;
  }

  private void putBytes(byte[] bytes, int length) throws IOException {
    advance(length);
    if (length > buffer.length - buffered) {
      flush();
      if (length > buffer.length) {
        write(ByteBuffer.wrap(bytes, 0, length));
        return;
      }
    }
    System.arraycopy(bytes, 0, buffer, buffered, length);
    buffered += length;
  }

  private void advance(int length) throws CdbTooBigException {
    if (position + length > MAX_BYTES) {
      throw new CdbTooBigException();
    }
    position += length;
  }

  private void flush() throws IOException {
    write(ByteBuffer.wrap(buffer, 0, buffered));
    buffered = 0;
  }

  private void write(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private static void writeInt(byte[] target, int offset, int value) {
    target[offset] = (byte) value;
    target[offset + 1] = (byte) (value >>> 8);
    target[offset + 2] = (byte) (value >>> 16);
    target[offset + 3] = (byte) (value >>> 24);
  }
}
