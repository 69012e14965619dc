package djbdns.runtime;

/** The effect of a file in the directory of envdir on its variable. Source: envdir.c. */
public sealed interface EnvironmentFile {
  /** The variable gets a value. */
  record Value(String value) implements EnvironmentFile {}

  /** The variable is removed. */
  record Removal() implements EnvironmentFile {}

  /**
   * Reads a file: its first line without blanks and tabs at the end, a newline for each zero byte;
   * an empty file is a removal.
   *
   * @param content a character for each byte
   */
  static EnvironmentFile of(String content) {
    if (content.isEmpty()) {
      return new Removal();
    }
    int newline = content.indexOf('\n');
    int end = newline < 0 ? content.length() : newline;
    while (end > 0 && isBlank(content.charAt(end - 1))) {
      end--;
    }
    return new Value(content.substring(0, end).replace('\0', '\n'));
  }

  private static boolean isBlank(char character) {
    return character == ' ' || character == '\t';
  }
}
