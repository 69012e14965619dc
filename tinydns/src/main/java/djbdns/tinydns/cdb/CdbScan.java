package djbdns.tinydns.cdb;

/**
 * Goes through all records of a {@link Cdb} in the order in which they were added, which is that of
 * the file. Belongs to one thread and allocates nothing.
 */
public final class CdbScan {
  private final Cdb cdb;
  private long position = Cdb.HEADER_BYTES;
  private long key;
  private int keyLength;
  private int dataLength;

  /** A scan that stands before the first record. */
  public CdbScan(Cdb cdb) {
    this.cdb = cdb;
  }

  /**
   * Moves to the next record; false if there is none.
   *
   * @throws CdbException if it runs into the tables
   */
  public boolean next() throws CdbException {
    long end = cdb.recordsEnd();
    if (position >= end) {
      return false;
    }
    boolean hasHead = position + 8 <= end;
    long keyBytes = hasHead ? cdb.u32(position) : end;
    long dataBytes = hasHead ? cdb.u32(position + 4) : end;
    long next = position + 8 + keyBytes + dataBytes;
    if (next > end || keyBytes > Integer.MAX_VALUE || dataBytes > Integer.MAX_VALUE) {
      throw new CdbException("record at " + position + " runs into the hash tables");
    }
    key = position + 8;
    keyLength = (int) keyBytes;
    dataLength = (int) dataBytes;
    position = next;
    return true;
  }

  /** The position of the record's key in the database. */
  public long key() {
    return key;
  }

  public int keyLength() {
    return keyLength;
  }

  /** The position of the record's data in the database. */
  public long data() {
    return key + keyLength;
  }

  public int dataLength() {
    return dataLength;
  }
}
