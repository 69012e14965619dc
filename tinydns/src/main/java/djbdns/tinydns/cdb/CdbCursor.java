package djbdns.tinydns.cdb;

/**
 * Looks keys up in a {@link Cdb}; belongs to one thread, is meant to be reused and allocates
 * nothing. Records with equal keys come in the order in which they were added.
 */
public final class CdbCursor {
  private Cdb cdb;
  private byte[] key = new byte[0];
  private int keyOffset;
  private int keyLength;
  private long hash;
  private long table;
  private int slots;
  private int slot;
  private int visited;
  private long data;
  private int dataLength;

  /** Looks into this database from now on; needed before the first search. */
  public void use(Cdb database) {
    cdb = database;
    slots = 0;
    visited = 0;
  }

  /**
   * Starts a search; {@link #next} then finds the records. The key's bytes are not copied and must
   * stay as they are until the search is over.
   */
  public void find(byte[] keyBytes, int offset, int length) {
    key = keyBytes;
    keyOffset = offset;
    keyLength = length;
    int keyHash = Cdb.hash(keyBytes, offset, length);
    hash = keyHash & 0xffffffffL;
    long head = 8L * (keyHash & 0xff);
    table = cdb.u32(head);
    slots = (int) cdb.u32(head + 4);
    slot = slots == 0 ? 0 : (keyHash >>> 8) % slots;
    visited = 0;
  }

  /** Moves to the next record with the key; false if there is none. */
  public boolean next() {
    while (visited < slots) {
      long at = table + 8L * slot;
      long record = cdb.u32(at + 4);
      if (record == 0) {
        return false;
      }
      visited++;
      slot = slot + 1 == slots ? 0 : slot + 1;
      if (cdb.u32(at) == hash && matches(record)) {
        return true;
      }
    }
    return false;
  }

  /** A slot of a damaged file may point anywhere among the records: no length is trusted. */
  private boolean matches(long record) {
    if (cdb.u32(record) != keyLength) {
      return false;
    }
    long length = cdb.u32(record + 4);
    long start = record + 8 + keyLength;
    if (start + length > cdb.recordsEnd() || !cdb.matches(record + 8, key, keyOffset, keyLength)) {
      return false;
    }
    data = start;
    dataLength = (int) length;
    return true;
  }

  /** The position of the found record's data in the database. */
  public long data() {
    return data;
  }

  /** Length of the found record's data. */
  public int dataLength() {
    return dataLength;
  }
}
