package djbdns.tsig;

/**
 * A message that should have been signed is not, or wrongly; the message of the exception says why
 * and ends a sentence such as "unable to read answer: ". Without a stack trace, so that a hostile
 * packet costs no more than a good one.
 */
public final class TsigException extends Exception {
  private static final long serialVersionUID = 1L;

  TsigException(String message) {
    super(message, null, false, false);
  }
}
