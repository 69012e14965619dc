package djbdns.tinydns.lookup;

import djbdns.wire.Limits;
import djbdns.wire.NameBytes;
import djbdns.wire.PacketWriter;
import djbdns.wire.RecordType;
import djbdns.wire.rdata.RdataBytes;

/**
 * Writes the data of a stored record to a packet. Names are compressed in the types of RFC 1035
 * that 1.05 knows to have any; all other data is written as it is stored (RFC 3597, 4).
 */
final class RecordData {
  static final int A = RecordType.A.code();
  static final int NS = RecordType.NS.code();
  static final int CNAME = RecordType.CNAME.code();
  static final int SOA = RecordType.SOA.code();
  static final int PTR = RecordType.PTR.code();
  static final int MX = RecordType.MX.code();
  static final int AAAA = RecordType.AAAA.code();
  static final int SRV = RecordType.SRV.code();
  static final int DNAME = RecordType.DNAME.code();

  static final int IPV4_BYTES = 4;

  private RecordData() {}

  /**
   * Writes the cursor's record data, its names in their letters; false if it does not fit or is not
   * of its type's form.
   */
  static boolean write(RecordCursor record, PacketWriter out) {
    int type = record.type();
    byte[] data = record.data();
    int end = record.dataLength();
    return hasForm(type, data, end) && RdataBytes.write(out, type, data, 0, end);
  }

  /** As {@link #write}, but with names compressed as in 1.05. */
  static boolean writeAsOriginal(RecordCursor record, PacketWriter out) {
    int type = record.type();
    byte[] data = record.data();
    int end = record.dataLength();
    return hasForm(type, data, end) && RdataBytes.writeAsOriginal(out, type, data, 0, end);
  }

  /** True if data whose names are to be compressed have their type's form. */
  static boolean hasForm(int type, byte[] data, int end) {
    if (type == NS || type == CNAME || type == PTR) {
      return isName(data, 0, end);
    }
    if (type == MX) {
      return isName(data, 2, end);
    }
    return type != SOA || soaNumbers(data, end) >= 0;
  }

  /** Offset of the five numbers behind a SOA record's two names; -1 if it has not that form. */
  static int soaNumbers(byte[] data, int end) {
    if (!isName(data, 0, end)) {
      return -1;
    }
    int rname = NameBytes.length(data, 0);
    if (!isName(data, rname, end)) {
      return -1;
    }
    int numbers = rname + NameBytes.length(data, rname);
    return end - numbers >= RdataBytes.SOA_NUMBERS_BYTES ? numbers : -1;
  }

  /** True if the record is a DNAME record, and of its type's form. */
  static boolean isRedirection(RecordCursor record) {
    return record.type() == DNAME && isName(record.data(), 0, record.dataLength());
  }

  /** True if a well-formed, uncompressed name lies between the offsets. */
  static boolean isName(byte[] data, int start, int end) {
    int position = start;
    while (position < end && data[position] > 0 && data[position] <= Limits.LABEL_BYTES) {
      position += 1 + data[position];
    }
    return position < end && data[position] == 0 && position + 1 - start <= Limits.NAME_BYTES;
  }

  /** An unsigned 32-bit number, big-endian. */
  static long u32(byte[] data, int offset) {
    long number = 0;
    for (int i = offset; i < offset + 4; i++) {
      number = (number << 8) | (data[i] & 0xff);
    }
    return number;
  }
}
