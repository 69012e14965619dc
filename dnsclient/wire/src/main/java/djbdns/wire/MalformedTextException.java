package djbdns.wire;

/** Text that should be a name, a number or record data is not; the message says what is wrong. */
public final class MalformedTextException extends Exception {
  private static final long serialVersionUID = 1L;

  /** The message may end with words of the text, however long these are. */
  public MalformedTextException(String message) {
    super(Excerpt.ofMessage(message));
  }
}
