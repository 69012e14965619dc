package djbdns.client;

import java.util.ArrayList;
import java.util.List;

/** Lines of configuration files. */
final class Lines {
  private Lines() {}

  /** The lines without their newlines. */
  static List<String> split(String text) {
    List<String> lines = new ArrayList<>();
    int start = 0;
    for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      lines.add(text.substring(start, end));
      start = end + 1;
    }
    lines.add(text.substring(start));
    return lines;
  }

  /** True if a line starts with the keyword and a blank or tab. */
  static boolean hasKeyword(String line, String keyword) {
    return line.startsWith(keyword)
        && line.length() > keyword.length()
        && isBlank(line.charAt(keyword.length()));
  }

  static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }
}
