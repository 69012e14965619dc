package djbdns.tools;

import djbdns.client.Failure;

/** An argument could not be looked up. */
final class LookupFailedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String problem;
  private final String error;

  private LookupFailedException(String problem, String error) {
    super(error, null, false, false);
    this.problem = problem;
    this.error = error;
  }

  /**
   * A query had no answer.
   *
   * @param problem the message up to the argument: {@code unable to find ... for}
   */
  LookupFailedException(String problem, Failure failure) {
    this(problem, FailureText.of(failure));
  }

  /** The argument cannot be read. */
  LookupFailedException(String problem) {
    this(problem, "");
  }

  /** The original's message for this argument. */
  String message(String argument) {
    String message = problem + " " + argument;
    return error.isEmpty() ? message : message + ": " + error;
  }

  /** What went wrong, whatever the argument was. */
  String error() {
    return error.isEmpty() ? problem : error;
  }
}
