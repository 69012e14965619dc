package djbdns.wire;

/** The kind of a message: 4 bits of the header (RFC 1035, 4.1.1; RFC 6895, 2.2). */
public record Opcode(int code) {
  public static final Opcode QUERY = new Opcode(0);
  public static final Opcode IQUERY = new Opcode(1);
  public static final Opcode STATUS = new Opcode(2);
  public static final Opcode NOTIFY = new Opcode(4);
  public static final Opcode UPDATE = new Opcode(5);

  public Opcode {
    Codes.check(code, 0xf);
  }

  @Override
  public String toString() {
    return switch (code) {
      case 0 -> "QUERY";
      case 1 -> "IQUERY";
      case 2 -> "STATUS";
      case 4 -> "NOTIFY";
      case 5 -> "UPDATE";
      default -> "OPCODE" + code;
    };
  }
}
