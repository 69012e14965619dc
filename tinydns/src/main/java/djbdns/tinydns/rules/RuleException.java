package djbdns.tinydns.rules;

/** A line is not a rule; the message says why, in printable ASCII. */
public final class RuleException extends Exception {
  private static final long serialVersionUID = 1L;

  RuleException(String message) {
    super(message);
  }
}
