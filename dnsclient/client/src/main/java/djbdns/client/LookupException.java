package djbdns.client;

/** A {@link LookupError} for callers who would rather catch than match. */
public final class LookupException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient LookupError error;

  LookupException(LookupError error) {
    super(error.message());
    this.error = error;
  }

  public LookupError error() {
    return error;
  }
}
