package djbdns.wire;

/** Text that should be a name, a number or record data is not; the message says what is wrong. */
public final class MalformedTextException extends Exception {
  private static final long serialVersionUID = 1L;

  public MalformedTextException(String message) {
    super(message);
  }
}
