package djbdns.tools;

import djbdns.client.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The abilities of a command's standard output and error.
 *
 * @param colour whether output is for eyes that like colour: a terminal that is not dumb, and
 *     {@code $NO_COLOR} not set
 * @param unicode whether the locale has all characters
 * @param progress whether a line on standard error may be rewritten
 */
record Terminal(boolean colour, boolean unicode, boolean progress) {
  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

  /** As the environment and the descriptors of this process say. */
  static Terminal of(Settings settings) {
    String term = settings.variable("TERM").orElse("");
    boolean capable = !term.isEmpty() && !term.equals("dumb");
    boolean wantsColour = settings.variable("NO_COLOR").orElse("").isEmpty();
    return new Terminal(
        capable && wantsColour && isTerminal(1), isUnicode(settings), capable && isTerminal(2));
  }

  /** The first of the variables that is set decides (locale(7)). */
  private static boolean isUnicode(Settings settings) {
    for (String variable : new String[] {"LC_ALL", "LC_CTYPE", "LANG"}) {
      String locale = settings.variable(variable).orElse("");
      if (!locale.isEmpty()) {
        String lower = locale.toLowerCase(Locale.ROOT);
        return lower.contains("utf-8") || lower.contains("utf8");
      }
    }
    return false;
  }

  /** True if a descriptor is a terminal, by the name of its device: nothing native is loaded. */
  private static boolean isTerminal(int descriptor) {
    try {
      String target =
          Files.readSymbolicLink(DESCRIPTORS.resolve(Integer.toString(descriptor))).toString();
      return target.startsWith("/dev/pts/")
          || target.startsWith("/dev/tty")
          || target.equals("/dev/console");
    } catch (IOException e) {
      // Without proc(5) nobody can tell, and plain text is always right.
      return false;
    }
  }
}
