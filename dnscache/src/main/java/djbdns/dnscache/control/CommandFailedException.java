package djbdns.dnscache.control;

/** A command could not be done. The message is for the user: one line, in djbdns's grammar. */
public final class CommandFailedException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * A failure.
   *
   * @param message such as {@code unable to write dump: out of disk space}
   */
  public CommandFailedException(String message) {
    super(message);
  }
}
