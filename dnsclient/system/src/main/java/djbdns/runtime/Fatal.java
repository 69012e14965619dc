package djbdns.runtime;

/**
 * Ends the command: {@link Program} prints the message, one line or more, and exits with the code.
 * Made by {@link Program}, so that every message has the original's grammar. Carries no stack
 * trace: the message says everything a user can act on.
 */
public final class Fatal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int exitCode;

  Fatal(int exitCode, String message) {
    super(message, null, false, false);
    this.exitCode = exitCode;
  }

  public int exitCode() {
    return exitCode;
  }
}
