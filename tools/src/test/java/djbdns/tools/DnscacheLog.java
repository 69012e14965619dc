package djbdns.tools;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The grammar of dnscache's log, the original's and ours, and lines made comparable. */
final class DnscacheLog {
  private static final String IP4 = "[0-9a-f]{8}";
  private static final String IP = "(" + IP4 + "|[0-9a-f]{32})";
  private static final String NUMBER = "\\d+";

  /** Bytes from 33 to 126; others are a question mark; ends with a dot. */
  private static final String NAME = "[!-~]*\\.";

  private static final String ERROR = "[a-z/ ]+";

  /** A line of either: {@code WORD FIELD...}. */
  static final Predicate<String> USUAL_LINE =
      anyOf(
          List.of(
              "starting",
              "dnscache: warning: not started as root: running without chroot in .*",
              "query " + NUMBER + " " + IP + ":[0-9a-f]{4}:[0-9a-f]{4} " + NUMBER + " " + NAME,
              "cached " + NUMBER + " " + NAME,
              "cached (cname|ns) " + NAME + " " + NAME,
              "cached nxdomain " + NAME,
              "tx " + NUMBER + " " + NUMBER + " " + NAME + " " + NAME + "( " + IP + ")*",
              "rr " + IP + " " + NUMBER + " " + NUMBER + " " + NAME + " [0-9a-f]*(\\.\\.\\.)?",
              "rr " + IP + " " + NUMBER + " (ns|cname|ptr) " + NAME + " " + NAME,
              "rr " + IP + " " + NUMBER + " mx " + NAME + " " + NUMBER + " " + NAME,
              "rr " + IP + " " + NUMBER + " soa " + NAME + " " + NAME + " " + NAME + "( \\d+){5}",
              "nodata " + IP + " " + NUMBER + " " + NUMBER + " " + NAME,
              "nxdomain " + IP + " " + NUMBER + " " + NAME,
              "lame " + IP + " " + NAME + " " + NAME,
              "servfail " + NAME + " " + ERROR,
              "stats( \\d+){4}",
              "sent " + NUMBER + " " + NUMBER,
              "drop " + NUMBER + " " + ERROR,
              "tcpopen " + IP + ":[0-9a-f]{4}",
              "tcpclose " + IP + ":[0-9a-f]{4} " + ERROR));

  private DnscacheLog() {}

  private static Predicate<String> anyOf(List<String> alternatives) {
    return Pattern.compile("(" + String.join(")|(", alternatives) + ")").asMatchPredicate();
  }

  /**
   * Without what differs from run to run (ports, IDs, TTLs, the cache's motion), servers of a line
   * and neighbouring lines of records in order.
   *
   * @param lengths whether to keep the lengths of responses
   */
  static List<String> comparable(List<String> lines, boolean lengths) {
    List<String> comparable = new ArrayList<>();
    List<String> records = new ArrayList<>();
    for (String line : lines) {
      if (line.startsWith("rr ")) {
        records.add(line.replaceFirst("^(rr \\S+) \\d+", "$1"));
      } else {
        Collections.sort(records);
        comparable.addAll(records);
        records.clear();
        comparable.add(comparable(line, lengths));
      }
    }
    return comparable;
  }

  private static String comparable(String line, boolean lengths) {
    return switch (line.substring(0, Math.max(0, line.indexOf(' ')))) {
      case "query" -> line.replaceFirst(":\\S+", "");
      case "nodata", "nxdomain" -> line.replaceFirst("^(\\S+ \\S+) \\d+", "$1");
      case "stats" -> line.replaceFirst("^(stats \\d+) \\d+", "$1");
      case "tcpopen", "tcpclose" -> line.replaceFirst(":[0-9a-f]{4}", "");
      case "sent" -> lengths ? line : line.replaceFirst(" \\d+$", "");
      case "tx" -> sortedServers(line);
      default -> line;
    };
  }

  private static String sortedServers(String line) {
    List<String> words = new ArrayList<>(List.of(line.split(" ")));
    Collections.sort(words.subList(5, words.size()));
    return String.join(" ", words);
  }
}
