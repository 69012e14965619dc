package djbdns.dnscache.cache;

import djbdns.wire.Limits;
import djbdns.wire.MalformedPacketException;
import djbdns.wire.NameBytes;
import djbdns.wire.PacketReader;
import djbdns.wire.RecordType;
import djbdns.wire.rdata.RdataBytes;
import java.util.Arrays;

/** True if the parts of a dumped entry have the form that the resolver gives to entries. */
final class DumpCheck {
  private static final int LAST_RECORD_TYPE = 0xffff;

  /** Bytes of a {@link Kind#FAILURE}. */
  private static final int FAILURE_BYTES = 2;

  private static final int SOA = RecordType.SOA.code();

  private DumpCheck() {}

  /** True if the bytes are one name in wire form, uncompressed, in small letters. */
  static boolean isName(byte[] bytes, int length) {
    for (int i = 0; i < length; i++) {
      if (bytes[i] != NameBytes.lowerCase(bytes[i])) {
        return false;
      }
    }
    return length > 0 && nameLength(bytes, 0, length) == length;
  }

  /** Length of the name at {@code offset}, 0 if there is none. */
  private static int nameLength(byte[] bytes, int offset, int end) {
    int at = offset;
    while (at < end && bytes[at] != 0) {
      int labelLength = bytes[at] & 0xff;
      if (labelLength > Limits.LABEL_BYTES) {
        return 0;
      }
      at += 1 + labelLength;
    }
    int length = at + 1 - offset;
    return at >= end || length > Limits.NAME_BYTES ? 0 : length;
  }

  static boolean fits(Kind kind, int type) {
    return switch (kind) {
      case RECORDS, NODATA, FAILURE -> type >= 0 && type <= LAST_RECORD_TYPE;
      case NXDOMAIN -> type == EntryType.NXDOMAIN;
      case DELEGATION -> type == EntryType.DELEGATION;
    };
  }

  /** A delegation's data are not looked into: they are the resolver's. */
  static boolean isData(Kind kind, int type, byte[] data, int length) {
    return switch (kind) {
      case RECORDS -> isRecordList(type, data, length);
      case NODATA, NXDOMAIN -> length == 0 || isSoa(data, length);
      case FAILURE -> length == FAILURE_BYTES;
      case DELEGATION -> true;
    };
  }

  private static boolean isRecordList(int type, byte[] data, int length) {
    int at = 0;
    while (at < length) {
      if (length - at < RecordData.LENGTH_BYTES) {
        return false;
      }
      int next = RecordData.next(data, at);
      if (next > length || !isRdata(type, data, RecordData.start(at), next)) {
        return false;
      }
      at = next;
    }
    return length > 0;
  }

  private static boolean isSoa(byte[] data, int length) {
    int owner = nameLength(data, 0, length);
    return owner > 0 && isRdata(SOA, data, owner, length);
  }

  /** True if the bytes are record data of the type, names uncompressed and nothing behind them. */
  private static boolean isRdata(int type, byte[] data, int start, int end) {
    PacketReader reader = new PacketReader().wrap(data, end);
    byte[] read = new byte[end - start + 2 * Limits.NAME_BYTES];
    try {
      reader.position(start);
      int length = RdataBytes.read(reader, type, end - start, read, 0);
      return Arrays.equals(read, 0, length, data, start, end);
    } catch (MalformedPacketException e) {
      return false;
    }
  }
}
