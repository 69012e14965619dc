package djbdns.wire.rdata;

import djbdns.wire.AddressText;
import djbdns.wire.MalformedPacketException;
import djbdns.wire.NameBytes;
import djbdns.wire.PacketReader;
import djbdns.wire.PacketWriter;
import djbdns.wire.RecordType;

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
  private static final int SIG = 24;
  private static final int PX = 26;
  private static final int NXT = 30;
  private static final int AAAA = RecordType.AAAA.code();
  private static final int SRV = RecordType.SRV.code();
  private static final int NAPTR = RecordType.NAPTR.code();
  private static final int KX = 36;
  private static final int DNAME = RecordType.DNAME.code();

  /** Serial, refresh, retry, expire, minimum (RFC 1035, 3.3.13). */
  public static final int SOA_NUMBERS_BYTES = 20;

  private static final int ANY_LENGTH = -1;

  /** Covered type to key tag (RFC 2535, 4.1). */
  private static final int SIG_NUMBERS_BYTES = 18;

  /** Strings between the numbers and the name of NAPTR (RFC 3403, 4.1). */
  private static final int NAPTR_STRINGS = 3;

  private RdataBytes() {}

  /** Bytes before the first name, or before the first string of NAPTR. */
  static int bytesBeforeNames(int type) {
    if (type == MX || type == AFSDB || type == RT || type == PX || type == KX) {
      return 2;
    }
    if (type == NAPTR) {
      return 4;
    }
    return type == SRV ? 6 : type == SIG ? SIG_NUMBERS_BYTES : 0;
  }

  /**
   * Names in the data of a type, of those whose names a sender may have compressed, so that the
   * data cannot be taken as plain bytes (RFC 1035, 3.3; RFC 3597, 4). Of types without a code of
   * their own here: MD, MF, MB, MG, MR, MINFO (RFC 1035, 3.3), RP, AFSDB, RT (RFC 1183), SIG and
   * NXT (RFC 2535, 4.1 and 5.2), PX (RFC 2163, 4), KX (RFC 2230, 3.1).
   */
  public static int names(int type) {
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
        || type == SIG
        || type == NXT
        || type == NAPTR
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
    int outerEnd = reader.narrow(rdlength);
    try {
      int end = names(type) > 0 ? readNames(reader, type, target, offset) : offset;
      return readRest(reader, type, target, end) - offset;
    } finally {
      reader.widen(outerEnd);
    }
  }

  /** Reads up to the last name; returns where the target's next byte is. */
  private static int readNames(PacketReader reader, int type, byte[] target, int offset)
      throws MalformedPacketException {
    int before = bytesBeforeNames(type);
    reader.readBytes(target, offset, before);
    int at = offset + before;
    for (int i = type == NAPTR ? NAPTR_STRINGS : 0; i > 0; i--) {
      int length = reader.readU8();
      target[at++] = (byte) length;
      reader.readBytes(target, at, length);
      at += length;
    }
    for (int i = names(type); i > 0; i--) {
      at += reader.readName(target, at);
    }
    return at;
  }

  /**
   * Where the first name is in data of a type that has {@link #names}.
   *
   * @param data of the form that {@link #read} gives
   */
  public static int firstName(int type, byte[] data, int offset) {
    int at = offset + bytesBeforeNames(type);
    for (int i = type == NAPTR ? NAPTR_STRINGS : 0; i > 0; i--) {
      at += 1 + (data[at] & 0xff);
    }
    return at;
  }

  /** Bytes behind the names. */
  private static int restBytes(int type) {
    if (type == A) {
      return AddressText.IPV4_BYTES;
    }
    if (type == AAAA) {
      return AddressText.IPV6_BYTES;
    }
    if (type == SOA) {
      return SOA_NUMBERS_BYTES;
    }
    return names(type) > 0 && type != SIG && type != NXT ? 0 : ANY_LENGTH;
  }

  /** Reads what no name is in, which must have the length that is right for the type. */
  private static int readRest(PacketReader reader, int type, byte[] target, int at)
      throws MalformedPacketException {
    int rest = reader.remaining();
    int wanted = restBytes(type);
    if (wanted != ANY_LENGTH && rest != wanted) {
      throw MalformedPacketException.INSTANCE;
    }
    reader.readBytes(target, at, rest);
    return at + rest;
  }

  /**
   * Makes capitals small in the names of record data, those that count as equal in any letters (RFC
   * 4034, 6.2).
   *
   * @param data of the form that {@link #read} gives
   */
  public static void lowerCaseNames(int type, byte[] data, int offset) {
    int at = firstName(type, data, offset);
    for (int i = names(type); i > 0; i--) {
      int bytes = NameBytes.length(data, at);
      NameBytes.lowerCase(data, at, bytes);
      at += bytes;
    }
  }

  /**
   * Adds record data to the record that the writer has begun, names compressed in the types of RFC
   * 1035 (RFC 3597, 4), and their letters kept.
   *
   * @param data of the form that {@link #read} gives
   * @return false if it did not fit, and then the record is gone
   */
  public static boolean write(PacketWriter writer, int type, byte[] data, int offset, int length) {
    return write(writer, type, data, offset, length, true);
  }

  /**
   * As {@link #write}, but names take on the letters of those that were written before, as in 1.05.
   */
  public static boolean writeAsOriginal(
      PacketWriter writer, int type, byte[] data, int offset, int length) {
    return write(writer, type, data, offset, length, false);
  }

  private static boolean write(
      PacketWriter writer, int type, byte[] data, int offset, int length, boolean asIs) {
    if (type == NS || type == CNAME || type == PTR) {
      return writeName(writer, data, offset, asIs);
    }
    if (type == MX) {
      return writer.addBytes(data, offset, 2) && writeName(writer, data, offset + 2, asIs);
    }
    if (type == SOA) {
      int rname = offset + NameBytes.length(data, offset);
      return writeName(writer, data, offset, asIs)
          && writeName(writer, data, rname, asIs)
          && writer.addBytes(data, rname + NameBytes.length(data, rname), SOA_NUMBERS_BYTES);
    }
    return writer.addBytes(data, offset, length);
  }

  private static boolean writeName(PacketWriter writer, byte[] data, int offset, boolean asIs) {
    return asIs ? writer.addNameAsIs(data, offset) : writer.addName(data, offset);
  }
}
