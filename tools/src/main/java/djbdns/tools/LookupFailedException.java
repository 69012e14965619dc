package djbdns.tools;

import djbdns.client.Failure;
import java.util.Optional;

/** An argument could not be looked up. */
final class LookupFailedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String problem;
  private final String error;

  // The exception is thrown and caught within a command and never written out.
  private final transient Optional<Failure> failure;

  private LookupFailedException(String problem, String error, Optional<Failure> failure) {
    super(error, null, false, false);
    this.problem = problem;
    this.error = error;
    this.failure = failure;
  }

  /**
   * A query had no answer.
   *
   * @param problem the message up to the argument: {@code unable to find ... for}
   */
  LookupFailedException(String problem, Failure failure) {
    this(problem, FailureText.of(failure), Optional.of(failure));
  }

  /** The argument cannot be read. */
  LookupFailedException(String problem) {
    this(problem, "", Optional.empty());
  }

  /** The original's message for this argument. */
  String message(String argument) {
    String message = problem + " " + argument;
    return error.isEmpty() ? message : message + ": " + error;
  }

  /** Of the query that had no answer. */
  Optional<Failure> failure() {
    return failure;
  }

  /** The failure, without the argument. */
  String error() {
    return error.isEmpty() ? problem : error;
  }
}
