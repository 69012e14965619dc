package djbdns.dnscache.cache;

/**
 * The data of a record set as a list in a {@code byte[]}: for each record its length in two bytes,
 * big-endian, and then the record data in wire form, names uncompressed (see {@link
 * djbdns.wire.rdata.RdataBytes}).
 *
 * <pre>
 * for (int at = offset; at < end; at = RecordData.next(data, at)) {
 *   ... RecordData.start(at), RecordData.length(data, at)
 * }
 * </pre>
 */
public final class RecordData {
  /** Bytes of a record's length. */
  public static final int LENGTH_BYTES = 2;

  private RecordData() {}

  /** A list of one record, whose data are {@code length} bytes at {@code offset}. */
  public static byte[] listOf(byte[] rdata, int offset, int length) {
    byte[] list = new byte[LENGTH_BYTES + length];
    putLength(list, 0, length);
    System.arraycopy(rdata, offset, list, LENGTH_BYTES, length);
    return list;
  }

  /** Length of the record at {@code at}: 0 to 65535 bytes. */
  public static int length(byte[] data, int at) {
    return ((data[at] & 0xff) << 8) | (data[at + 1] & 0xff);
  }

  /** The offset of the bytes of the record at {@code at}. */
  public static int start(int at) {
    return at + LENGTH_BYTES;
  }

  /** The offset of the record after the one at {@code at}, or the list's end. */
  public static int next(byte[] data, int at) {
    return at + LENGTH_BYTES + length(data, at);
  }

  /** Records in the list between two offsets. */
  public static int count(byte[] data, int offset, int end) {
    int count = 0;
    for (int at = offset; at < end; at = next(data, at)) {
      count++;
    }
    return count;
  }

  /** Writes a record's length at {@code at}. */
  public static void putLength(byte[] data, int at, int length) {
    data[at] = (byte) (length >> 8);
    data[at + 1] = (byte) length;
  }
}
