package djbdns.transfer;

/**
 * The server's answer may not be used; the message says why. Without a stack trace, so that a
 * hostile server costs no more than a good one.
 */
public final class TransferException extends Exception {
  private static final long serialVersionUID = 1L;

  /** The message of 1.05 for every answer that it refuses. */
  public static final String PROTOCOL_ERROR = "protocol error";

  public TransferException(String message) {
    super(message, null, false, false);
  }
}
