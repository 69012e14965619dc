package djbdns.wire;

/**
 * A received packet breaks the wire format. One shared instance without a stack trace, so that a
 * hostile packet costs no more than a good one.
 */
public final class MalformedPacketException extends Exception {
  private static final long serialVersionUID = 1L;

  // Without a stack trace or a settable cause it is a constant.
  @SuppressWarnings("StaticAssignmentOfThrowable")
  public static final MalformedPacketException INSTANCE = new MalformedPacketException();

  private MalformedPacketException() {
    super("protocol error", null, false, false);
  }
}
