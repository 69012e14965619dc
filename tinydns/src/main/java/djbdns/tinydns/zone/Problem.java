package djbdns.tinydns.zone;

/**
 * Data of which 1.05 says nothing, but which do not say what their author must have meant, or which
 * other servers refuse.
 *
 * @param lineNumber from 1; of several lines that do not fit together, the one to look at
 * @param text what is wrong and, if so, what is made of it, printable ASCII
 */
public record Problem(long lineNumber, String text) {
  /** {@code data line 12: text}. */
  @Override
  public String toString() {
    return "data line " + lineNumber + ": " + text;
  }
}
