package djbdns.master;

import djbdns.wire.NameBytes;

/**
 * A place in a master file.
 *
 * @param file as {@link MasterFiles} knows it
 * @param line from 1; of an entry of several lines, the first
 */
public record Position(String file, long line) {
  /**
   * {@code file:line}. The name of a file that another one names must not make lines of its own,
   * nor move a terminal's cursor.
   */
  @Override
  public String toString() {
    StringBuilder out = new StringBuilder(file.length() + 8);
    for (int i = 0; i < file.length(); i++) {
      char c = file.charAt(i);
      if (Character.isISOControl(c)) {
        NameBytes.appendOctal(out, c);
      } else {
        out.append(c);
      }
    }
    return out.append(':').append(line).toString();
  }
}
