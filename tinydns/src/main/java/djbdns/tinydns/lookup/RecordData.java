package djbdns.tinydns.lookup;

import djbdns.wire.Limits;
import djbdns.wire.NameBytes;
import djbdns.wire.PacketWriter;
import djbdns.wire.RecordType;

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

  static final int IPV4_BYTES = 4;

  /** Serial, refresh, retry, expire, minimum. */
  static final int SOA_NUMBERS_BYTES = 20;

  private RecordData() {}

  /** Writes the cursor's record data; false if it does not fit or is not of its type's form. */
  static boolean write(RecordCursor record, PacketWriter out) {
    int type = record.type();
    byte[] value = record.value();
    int start = record.dataOffset();
    int end = start + record.dataLength();
    if (type == NS || type == CNAME || type == PTR) {
      return isName(value, start, end) && out.addName(value, start);
    }
    if (type == MX) {
      return isName(value, start + 2, end)
          && out.addBytes(value, start, 2)
          && out.addName(value, start + 2);
    }
    if (type == SOA) {
      return writeSoa(value, start, end, out);
    }
    return out.addBytes(value, start, end - start);
  }

  private static boolean writeSoa(byte[] value, int start, int end, PacketWriter out) {
    int numbers = soaNumbers(value, start, end);
    return numbers >= 0
        && out.addName(value, start)
        && out.addName(value, start + NameBytes.length(value, start))
        && out.addBytes(value, numbers, SOA_NUMBERS_BYTES);
  }

  /** Offset of the five numbers behind a SOA record's two names; -1 if it has not that form. */
  static int soaNumbers(byte[] value, int start, int end) {
    if (!isName(value, start, end)) {
      return -1;
    }
    int rname = start + NameBytes.length(value, start);
    if (!isName(value, rname, end)) {
      return -1;
    }
    int numbers = rname + NameBytes.length(value, rname);
    return end - numbers >= SOA_NUMBERS_BYTES ? numbers : -1;
  }

  /** Whether a well-formed, uncompressed name lies between the offsets. */
  static boolean isName(byte[] value, int start, int end) {
    int position = start;
    while (position < end && value[position] > 0 && value[position] <= Limits.LABEL_BYTES) {
      position += 1 + value[position];
    }
    return position < end && value[position] == 0 && position + 1 - start <= Limits.NAME_BYTES;
  }

  /** An unsigned 32-bit number, big-endian. */
  static long u32(byte[] value, int offset) {
    long number = 0;
    for (int i = offset; i < offset + 4; i++) {
      number = (number << 8) | (value[i] & 0xff);
    }
    return number;
  }
}
