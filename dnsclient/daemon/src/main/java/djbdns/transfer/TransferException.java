package djbdns.transfer;

/**
 * What the server sends is no answer that may be used; the message says why. Without a stack trace,
 * so that a hostile server costs no more than a good one.
 */
public final class TransferException extends Exception {
  private static final long serialVersionUID = 1L;

  /** What 1.05 says of everything that it does not like. */
  public static final String PROTOCOL_ERROR = "protocol error";

  public TransferException(String message) {
    super(message, null, false, false);
  }
}
