package djbdns.tinydns.master;

import djbdns.wire.NameBytes;
import java.io.IOException;
import java.util.Optional;

/** A master file that cannot be understood; the message is {@code file:line: what}. */
public final class MasterException extends Exception {
  private static final long serialVersionUID = 1L;

  /** An entry that cannot be understood. */
  public MasterException(Position position, String what) {
    super(visible(position + ": " + what));
  }

  /** An entry that names a file that cannot be read. */
  MasterException(Position position, String what, IOException cause) {
    super(visible(position + ": " + what), cause);
  }

  /** Words of a file must not make lines of their own, nor move a terminal's cursor. */
  private static String visible(String text) {
    StringBuilder line = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isISOControl(c)) {
        NameBytes.appendOctal(line, c);
      } else {
        line.append(c);
      }
    }
    return line.toString();
  }

  /** Why a file could not be read, if that is what went wrong. */
  public Optional<IOException> fileError() {
    return getCause() instanceof IOException cause ? Optional.of(cause) : Optional.empty();
  }
}
