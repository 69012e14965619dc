package djbdns.conf;

/** Paths as words of a run script or a Makefile, quoted only if they have to be. */
final class ShellText {
  /** Besides letters and digits: what means nothing to sh(1) or make(1) in a path. */
  private static final String PLAIN = "/._-+,:@%";

  private ShellText() {}

  /** A word for sh(1). */
  static String word(String path) {
    if (isPlain(path)) {
      return path;
    }
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < path.length(); i++) {
      if ("\\\"$`".indexOf(path.charAt(i)) >= 0) {
        quoted.append('\\');
      }
      quoted.append(path.charAt(i));
    }
    return quoted.append('"').toString();
  }

  /** A word for sh(1) inside an argument in single quotes. */
  static String wordInQuotes(String path) {
    return word(path).replace("'", "'\\''");
  }

  /** A word for sh(1) in a line of make(1). */
  static String wordInMakefile(String path) {
    return word(path).replace("$", "$$");
  }

  private static boolean isPlain(String path) {
    return path.chars()
        .allMatch(c -> c < 0x80 && (Character.isLetterOrDigit(c) || PLAIN.indexOf(c) >= 0));
  }
}
