package djbdns.wire;

/**
 * Record data as bytes in wire form, uncompressed: what daemons keep and copy where {@link Rdata}
 * objects would cost too much. Knows which types have names in their data.
 */
public final class RdataBytes {
  private static final int A = RecordType.A.code();
  private static final int NS = RecordType.NS.code();
  private static final int MD = 3;
  private static final int MF = 4;
  private static final int CNAME = RecordType.CNAME.code();
  private static final int SOA = RecordType.SOA.code();
  private static final int MB = 7;
  private static final int MG = 8;
  private static final int MR = 9;
  private static final int PTR = RecordType.PTR.code();
  private static final int MINFO = 14;
  private static final int MX = RecordType.MX.code();
  private static final int RP = RecordType.RP.code();
  private static final int AFSDB = 18;
  private static final int RT = 21;
  private static final int PX = 26;
  private static final int AAAA = RecordType.AAAA.code();
  private static final int SRV = RecordType.SRV.code();
  private static final int KX = 36;
  private static final int DNAME = RecordType.DNAME.code();

  /** Serial, refresh, retry, expire, minimum (RFC 1035, 3.3.13). */
  public static final int SOA_NUMBERS_BYTES = 20;

  private RdataBytes() {}

  /** Bytes before the first name; -1 where a type has no names, or none that may be compressed. */
  private static int bytesBeforeNames(int type) {
    if (names(type) == 0) {
      return -1;
    }
    if (type == MX || type == AFSDB || type == RT || type == PX || type == KX) {
      return 2;
    }
    return type == SRV ? 6 : 0;
  }

  /**
   * Names in the data of a type, of those whose names a sender may have compressed (RFC 1035; RFC
   * 3597, 4, on those that are to be decompressed all the same).
   */
  private static int names(int type) {
    if (type == NS
        || type == CNAME
        || type == PTR
        || type == MX
        || type == DNAME
        || type == SRV
        || type == MD
        || type == MF
        || type == MB
        || type == MG
        || type == MR
        || type == AFSDB
        || type == RT
        || type == KX) {
      return 1;
    }
    return type == SOA || type == MINFO || type == RP || type == PX ? 2 : 0;
  }

  /**
   * Reads record data and writes it with its names uncompressed. Data of the wrong form for their
   * type, for types that this class knows, are malformed.
   *
   * @param target has room for {@code rdlength} bytes and two names more at {@code offset}
   * @return bytes written
   */
  public static int read(PacketReader reader, int type, int rdlength, byte[] target, int offset)
      throws MalformedPacketException {
    int before = bytesBeforeNames(type);
    int end = reader.position() + rdlength;
    if (before < 0) {
      checkLength(type, rdlength);
      reader.readBytes(target, offset, rdlength);
      return rdlength;
    }
    if (before > rdlength) {
      throw MalformedPacketException.INSTANCE;
    }
    int at = offset;
    reader.readBytes(target, at, before);
    at += before;
    for (int i = names(type); i > 0; i--) {
      at += reader.readName(target, at);
    }
    int after = type == SOA ? SOA_NUMBERS_BYTES : 0;
    reader.requireAt(end - after);
    reader.readBytes(target, at, after);
    return at + after - offset;
  }

  private static void checkLength(int type, int rdlength) throws MalformedPacketException {
    if ((type == A && rdlength != 4) || (type == AAAA && rdlength != 16)) {
      throw MalformedPacketException.INSTANCE;
    }
  }

  /**
   * Adds record data to the record that the writer has begun, names compressed in the types of RFC
   * 1035 (RFC 3597, 4).
   *
   * @param data of the form that {@link #read} gives
   * @return false if it did not fit, and then the record is gone
   */
  public static boolean write(PacketWriter writer, int type, byte[] data, int offset, int length) {
    if (type == NS || type == CNAME || type == PTR) {
      return writer.addName(data, offset);
    }
    if (type == MX) {
      return writer.addBytes(data, offset, 2) && writer.addName(data, offset + 2);
    }
    if (type == SOA) {
      int rname = offset + NameBytes.length(data, offset);
      return writer.addName(data, offset)
          && writer.addName(data, rname)
          && writer.addBytes(data, rname + NameBytes.length(data, rname), SOA_NUMBERS_BYTES);
    }
    return writer.addBytes(data, offset, length);
  }
}
