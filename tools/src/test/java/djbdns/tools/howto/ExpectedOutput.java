package djbdns.tools.howto;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Output as a text shows it. A line of three dots stands for any lines or none, three dots within a
 * line for anything, a number for any number; other characters, IP addresses among them, stand for
 * themselves. Blanks at the ends of lines do not count, and elsewhere it does not matter how many.
 */
final class ExpectedOutput {
  private static final String DOTS = "...";

  /** What is not to be taken literally, or could be mistaken for that. */
  private static final Pattern TOKEN =
      Pattern.compile("(\\.\\.\\.)|(\\d+(?:\\.\\d+){3}|[0-9a-f:]*::[0-9a-f:]*)|(\\d+)");

  private static final Pattern BLANKS = Pattern.compile("[ \t]+");

  private final Pattern pattern;

  ExpectedOutput(List<String> lines) {
    StringBuilder regex = new StringBuilder();
    for (String line : lines) {
      regex.append(line.strip().equals(DOTS) ? "(?:.*\n)*?" : ofLine(line) + " ?\n");
    }
    pattern = Pattern.compile(regex.toString());
  }

  private static String ofLine(String line) {
    StringBuilder regex = new StringBuilder();
    int end = 0;
    String text = BLANKS.matcher(line.stripTrailing()).replaceAll(" ");
    for (MatchResult token : TOKEN.matcher(text).results().toList()) {
      regex.append(Pattern.quote(text.substring(end, token.start())));
      if (token.group(1) != null) {
        regex.append(".*");
      } else if (token.group(3) != null) {
        regex.append("\\d+");
      } else {
        regex.append(Pattern.quote(token.group()));
      }
      end = token.end();
    }
    return regex.append(Pattern.quote(text.substring(end))).toString();
  }

  boolean matches(String output) {
    String text = output.isEmpty() || output.endsWith("\n") ? output : output + "\n";
    return pattern.matcher(BLANKS.matcher(text).replaceAll(" ")).matches();
  }
}
