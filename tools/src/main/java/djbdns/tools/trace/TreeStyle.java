package djbdns.tools.trace;

/**
 * The style of a tree.
 *
 * @param unicode lines of box characters rather than of ASCII
 * @param colour with escape sequences of a terminal
 * @param unfolded every server on a line of its own, however many say the same
 */
public record TreeStyle(boolean unicode, boolean colour, boolean unfolded) {
  private static final String END = "\u001b[0m";

  String fork(boolean last) {
    if (unicode) {
      return last ? "\u2514\u2500 " : "\u251c\u2500 ";
    }
    return last ? "`- " : "|- ";
  }

  String stem(boolean last) {
    if (last) {
      return "   ";
    }
    return unicode ? "\u2502  " : "|  ";
  }

  String zone(String text) {
    return paint("1", text);
  }

  String problem(String text) {
    return paint("31", text);
  }

  String good(String text) {
    return paint("32", text);
  }

  String faint(String text) {
    return paint("2", text);
  }

  private String paint(String code, String text) {
    return colour ? "\u001b[" + code + "m" + text + END : text;
  }
}
