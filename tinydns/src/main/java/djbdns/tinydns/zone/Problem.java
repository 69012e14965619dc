package djbdns.tinydns.zone;

/**
 * A data line does not say what its author must have meant, though 1.05 takes it without a word.
 *
 * @param lineNumber from 1
 * @param text what is wrong and what is made of it, printable ASCII
 */
public record Problem(long lineNumber, String text) {
  /** {@code data line 12: text}. */
  @Override
  public String toString() {
    return "data line " + lineNumber + ": " + text;
  }
}
