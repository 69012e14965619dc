package djbdns.wire;

/**
 * Where names stand in the data of old types that have no record of their own here. Such names may
 * arrive compressed (RFC 3597, 4), so data of these types cannot be taken as plain bytes.
 *
 * <p>MD, MF, MB, MG, MR, MINFO: RFC 1035, 3.3. RP, AFSDB, RT: RFC 1183. SIG: RFC 2535, 4.1. PX: RFC
 * 2163, 4. NXT: RFC 2535, 5.2.
 */
final class OldNames {
  private static final int MD = 3;
  private static final int MF = 4;
  private static final int MB = 7;
  private static final int MG = 8;
  private static final int MR = 9;
  private static final int MINFO = 14;
  private static final int RP = 17;
  private static final int AFSDB = 18;
  private static final int RT = 21;
  private static final int SIG = 24;
  private static final int PX = 26;
  private static final int NXT = 30;

  private OldNames() {}

  /** Bytes before the first name. */
  static int bytesBefore(RecordType type) {
    return switch (type.code()) {
      case AFSDB, RT, PX -> 2;
      case SIG -> 18;
      default -> 0;
    };
  }

  /** Names one behind the other. */
  static int count(RecordType type) {
    return switch (type.code()) {
      case MD, MF, MB, MG, MR, AFSDB, RT, SIG, NXT -> 1;
      case MINFO, RP, PX -> 2;
      default -> 0;
    };
  }
}
