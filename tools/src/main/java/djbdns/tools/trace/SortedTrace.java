package djbdns.tools.trace;

import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * A trace for people to read (dnstracesort.sh): the lines of {@link OriginalFormat} sorted by what
 * they are about, each name above a zone underlined and alerts bold by overstriking, as less(1) and
 * ul(1) show it. Works on any text as the original's awk and sort do in the C locale; characters
 * are bytes.
 */
public final class SortedTrace {
  private static final String ALERT = "A\bAL\bLE\bER\bRT\bT:\b: ";
  private static final int ADDRESS_WIDTH = 16;

  private static final Pattern DECIMAL =
      Pattern.compile("[ \t]*[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?[ \t]*");
  private static final Pattern ZERO = Pattern.compile("[ \t]*[+-]?[0.]+([eE].*)?[ \t]*");
  private static final Pattern HEXADECIMAL =
      Pattern.compile("[ \t]*[+-]?0[xX]\\p{XDigit}+(p[+-]?\\d+)?[ \t]*");

  private final StringBuilder out = new StringBuilder();
  private String lastName = "";

  /** Nothing has been written yet, and awk takes that for a number too. */
  private boolean lastIsNumeric = true;

  private SortedTrace() {}

  /**
   * Sorts a trace.
   *
   * @param trace lines, the last one with or without its newline
   */
  public static String of(String trace) {
    TreeSet<Line> lines = new TreeSet<>();
    int start = 0;
    while (start < trace.length()) {
      int newline = trace.indexOf('\n', start);
      int end = newline < 0 ? trace.length() : newline;
      Line line = new Line(trace.substring(start, end));
      if (!line.field(5).equals("tx")) {
        lines.add(line.withGlue());
      }
      start = end + 1;
    }
    SortedTrace sorted = new SortedTrace();
    lines.forEach(sorted::append);
    return sorted.out.toString();
  }

  /** A line and its fields. */
  private record Line(String text, List<String> fields) implements Comparable<Line> {
    Line(String text) {
      this(text, Arrays.asList(text.split(":", -1)));
    }

    /** A field, counted from 1; empty if there is none. */
    String field(int number) {
      return number <= fields.size() ? fields.get(number - 1) : "";
    }

    /** Servers and their addresses become answers about them. */
    Line withGlue() {
      return switch (field(5)) {
        case "A", "AAAA", "NS" ->
            new Line(
                String.join(
                    ":",
                    List.of(
                        "glue",
                        field(6),
                        field(3),
                        field(4),
                        "answer",
                        field(6) + " " + field(5) + " " + field(7))));
        default -> this;
      };
    }

    /** The text from one field to another, as sort(1) has it for {@code -k first,last}. */
    private String key(int first, int last) {
      return first > fields.size()
          ? ""
          : String.join(":", fields.subList(first - 1, Math.min(last, fields.size())));
    }

    @Override
    public int compareTo(Line other) {
      int order = key(1, 3).compareTo(other.key(1, 3));
      if (order == 0) {
        order = key(5, fields.size()).compareTo(other.key(5, other.fields.size()));
      }
      if (order == 0) {
        order = key(4, 5).compareTo(other.key(4, 5));
      }
      return order == 0 ? text.compareTo(other.text) : order;
    }
  }

  private void append(Line line) {
    String name = line.field(2);
    separate(name);
    out.append(line.field(1)).append(' ');
    appendName(name, line.field(3));
    String address = line.field(4);
    out.append(' ').append(address);
    out.repeat(' ', Math.max(0, ADDRESS_WIDTH - address.length()));
    out.append(' ').append(result(line, name)).append('\n');
  }

  /** An empty line before each name, names that are the same number counting as one. */
  private void separate(String name) {
    boolean numeric = isNumeric(name);
    boolean asNumbers = numeric && lastIsNumeric;
    boolean same = asNumbers ? number(name) == number(lastName) : name.equals(lastName);
    if (!same) {
      out.append('\n');
      lastName = name;
      lastIsNumeric = numeric;
    }
  }

  private void appendName(String name, String zone) {
    if (zone.equals(".")) {
      out.append(name);
      return;
    }
    out.append(name, 0, Math.max(0, name.length() - zone.length()));
    for (int i = 0; i < zone.length(); i++) {
      out.append("_\b").append(zone.charAt(i));
    }
  }

  private static String result(Line line, String name) {
    String detail = line.field(6);
    return switch (line.field(5)) {
      case "ALERT" -> ALERT + detail;
      case "answer" -> detail.startsWith(name + " ") ? detail.substring(name.length() + 1) : detail;
      case "see" -> "see " + detail;
      case "CNAME" -> "CNAME " + detail;
      default -> line.field(5);
    };
  }

  /** True if awk compares a field as a number: not one that a double cannot hold. */
  private static boolean isNumeric(String text) {
    boolean decimal = DECIMAL.matcher(text).matches();
    if (!decimal && !HEXADECIMAL.matcher(text).matches()) {
      return false;
    }
    double value = number(text);
    boolean underflow = value == 0 && decimal && !ZERO.matcher(text).matches();
    return Double.isFinite(value) && !underflow;
  }

  private static double number(String text) {
    if (text.isEmpty()) {
      return 0;
    }
    boolean needsExponent = HEXADECIMAL.matcher(text).matches() && text.indexOf('p') < 0;
    return Double.parseDouble(text.strip() + (needsExponent ? "p0" : ""));
  }
}
