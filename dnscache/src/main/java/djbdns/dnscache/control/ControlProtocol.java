package djbdns.dnscache.control;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * The protocol of the control socket: one line with a command and perhaps a name, in 1.05's text
 * form; then a line {@code ok N} with N lines behind it, or a line {@code error} with a text.
 */
public final class ControlProtocol {
  /** The start of a line that tells what could not be done, in a response that is ok. */
  public static final String WARNING = "warning ";

  /** The longest request, its newline included: a command and the longest name in octal. */
  static final int MAX_REQUEST_BYTES = 1024;

  static final Charset CHARSET = StandardCharsets.ISO_8859_1;
  static final String OK = "ok ";
  static final String ERROR = "error ";

  private ControlProtocol() {}
}
