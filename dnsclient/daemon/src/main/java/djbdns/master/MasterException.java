package djbdns.master;

import djbdns.wire.Excerpt;
import java.io.IOException;
import java.util.Optional;

/** A fault in a master file; the message is {@code file:line: what}. */
public final class MasterException extends Exception {
  private static final long serialVersionUID = 1L;

  /** An entry that cannot be understood. */
  MasterException(Position position, String what) {
    super(position + ": " + Excerpt.ofMessage(what));
  }

  /** A file that cannot be read. */
  MasterException(Position position, String what, IOException cause) {
    super(position + ": " + what, cause);
  }

  /** Why a file could not be read, if that is what went wrong. */
  public Optional<IOException> fileError() {
    return getCause() instanceof IOException cause ? Optional.of(cause) : Optional.empty();
  }
}
