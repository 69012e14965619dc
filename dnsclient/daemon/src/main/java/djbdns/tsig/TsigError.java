package djbdns.tsig;

/** The error field of a TSIG record: 16 bits (RFC 8945, 3 and 4.2). */
public record TsigError(int code) {
  public static final TsigError NOERROR = new TsigError(0);

  /** The MAC is wrong. */
  public static final TsigError BADSIG = new TsigError(16);

  /** The server does not know the key. */
  public static final TsigError BADKEY = new TsigError(17);

  /** The clocks differ by more than the fudge. */
  public static final TsigError BADTIME = new TsigError(18);

  /** The MAC is shorter than the key asks for. */
  public static final TsigError BADTRUNC = new TsigError(22);

  public TsigError {
    if (code < 0 || code > 0xffff) {
      throw new IllegalArgumentException("code " + code + " is not in 0 to 65535");
    }
  }

  @Override
  public String toString() {
    return switch (code) {
      case 0 -> "NOERROR";
      case 16 -> "BADSIG";
      case 17 -> "BADKEY";
      case 18 -> "BADTIME";
      case 22 -> "BADTRUNC";
      default -> "error " + code;
    };
  }
}
