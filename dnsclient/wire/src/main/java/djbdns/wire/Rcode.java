package djbdns.wire;

/**
 * A response code: 4 bits in the header, 12 with the upper 8 of EDNS0 (RFC 1035, 4.1.1; RFC 6891,
 * 6.1.3; RFC 6895, 2.3).
 */
public record Rcode(int code) {
  public static final Rcode NOERROR = new Rcode(0);
  public static final Rcode FORMERR = new Rcode(1);
  public static final Rcode SERVFAIL = new Rcode(2);
  public static final Rcode NXDOMAIN = new Rcode(3);
  public static final Rcode NOTIMP = new Rcode(4);
  public static final Rcode REFUSED = new Rcode(5);
  public static final Rcode YXDOMAIN = new Rcode(6);
  public static final Rcode NOTAUTH = new Rcode(9);
  public static final Rcode BADVERS = new Rcode(16);
  public static final Rcode BADCOOKIE = new Rcode(23);

  public Rcode {
    Codes.check(code, 0xfff);
  }

  @Override
  public String toString() {
    return switch (code) {
      case 0 -> "NOERROR";
      case 1 -> "FORMERR";
      case 2 -> "SERVFAIL";
      case 3 -> "NXDOMAIN";
      case 4 -> "NOTIMP";
      case 5 -> "REFUSED";
      case 6 -> "YXDOMAIN";
      case 9 -> "NOTAUTH";
      case 16 -> "BADVERS";
      case 23 -> "BADCOOKIE";
      default -> "RCODE" + code;
    };
  }
}
