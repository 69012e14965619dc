package djbdns.tools;

import djbdns.runtime.CommandLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page of docs/man as a page for man(1). Of a tool, synopsis and options come from its
 * definition. Knows as much of Markdown as these pages use: headings, paragraphs, lists, tables,
 * indented code, {@code `code`} and links.
 */
final class ManualPage {
  private static final Pattern LINK = Pattern.compile("\\[([^]]*)]\\([^)]*\\)");
  private static final Pattern CODE = Pattern.compile("`([^`]*)`");
  private static final String OPTIONS = "OPTIONS";
  private static final String INTERFACE = "INTERFACE";
  private static final String CODE_INDENT = "    ";

  private final StringBuilder out = new StringBuilder();
  private final Optional<CommandLine> definition;
  private final String name;

  private ManualPage(String name, Optional<CommandLine> definition) {
    this.name = name;
    this.definition = definition;
  }

  /**
   * The page in the language of man(7).
   *
   * @param section of the manual, 1 or 8
   * @param markdown of docs/man
   * @param definition of the command, if it is a tool of this module
   */
  static String of(String name, int section, String markdown, Optional<CommandLine> definition) {
    return new ManualPage(name, definition).make(section, markdown);
  }

  private String make(int section, String markdown) {
    line(".TH \"" + name + "\" " + section + " \"\" \"djbdns for Java\"");
    List<List<String>> sections = sections(markdown);
    List<String> introduction = sections.getFirst();
    line(".SH NAME");
    line(text(name) + " \\- " + text(summary(introduction)));
    definition.ifPresent(this::synopsis);
    line(".SH DESCRIPTION");
    blocks(introduction.subList(1, introduction.size()));
    for (List<String> part : sections.subList(1, sections.size())) {
      part(part);
    }
    return out.toString();
  }

  /** Each begins with the line of its heading. */
  private static List<List<String>> sections(String markdown) {
    List<List<String>> sections = new ArrayList<>();
    for (String line : markdown.lines().toList()) {
      if (line.startsWith("# ") || line.startsWith("## ")) {
        sections.add(new ArrayList<>());
      }
      sections.getLast().add(line);
    }
    return sections;
  }

  /** The definition's sentence, else the first one of the page, without the full stop. */
  private String summary(List<String> introduction) {
    String sentence =
        definition.map(CommandLine::description).orElseGet(() -> firstSentence(introduction));
    return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
  }

  private static String firstSentence(List<String> introduction) {
    String all = String.join(" ", introduction.subList(1, introduction.size())).strip();
    int end = all.indexOf(". ");
    return end < 0 ? all : all.substring(0, end + 1);
  }

  private void synopsis(CommandLine command) {
    line(".SH SYNOPSIS");
    line(".B " + text(name));
    if (!command.options().isEmpty()) {
      line("[\\fIoption\\fR ...]");
    }
    line(text(command.synopsis()));
  }

  private void part(List<String> part) {
    String heading = part.getFirst().substring(3).strip().toUpperCase(Locale.ROOT);
    List<String> body = part.subList(1, part.size());
    line(".SH \"" + heading + "\"");
    if (heading.startsWith(OPTIONS) && definition.isPresent()) {
      options(definition.get());
      blocks(body.stream().filter(line -> !line.startsWith("|")).toList());
    } else if (heading.equals(INTERFACE) && definition.isPresent()) {
      blocks(body.subList(endOfCode(body), body.size()));
    } else {
      blocks(body);
    }
  }

  /** The end of the first piece of code, which is the synopsis again. */
  private static int endOfCode(List<String> lines) {
    int end = 0;
    while (end < lines.size() && (lines.get(end).isEmpty() || isCode(lines.get(end)))) {
      end++;
    }
    return end;
  }

  private void options(CommandLine command) {
    for (CommandLine.Option option : command.options()) {
      line(".TP");
      String value = option.valueName();
      line(
          "\\fB"
              + text(option.name())
              + "\\fR"
              + (value.isEmpty() ? "" : " \\fI" + text(value) + "\\fR"));
      line(text(option.description()));
    }
  }

  private void blocks(List<String> lines) {
    boolean isCode = false;
    for (String line : lines) {
      if (isCode != (isCode(line) || (isCode && line.isEmpty()))) {
        isCode = !isCode;
        line(isCode ? ".PP\n.EX" : ".EE");
      }
      if (isCode) {
        line(escape(line.isEmpty() ? "" : line.substring(CODE_INDENT.length())));
      } else {
        prose(line);
      }
    }
    if (isCode) {
      line(".EE");
    }
  }

  private static boolean isCode(String line) {
    return line.startsWith(CODE_INDENT);
  }

  private void prose(String line) {
    if (line.isEmpty()) {
      line(".PP");
    } else if (line.startsWith("|")) {
      row(line);
    } else if (line.startsWith("- ")) {
      line(".IP \\(bu 2");
      line(text(line.substring(2)));
    } else if (line.startsWith("### ")) {
      line(".SS \"" + text(line.substring(4)) + "\"");
    } else {
      line(text(line.strip()));
    }
  }

  /** A row of a table: its first cell explained by the others. Heads and rules are left out. */
  private void row(String line) {
    String[] cells = line.substring(1, line.lastIndexOf('|')).split("(?<!\\\\)\\|", -1);
    String first = cells[0].strip();
    boolean isHead = !first.startsWith("`") && !first.matches("-?[0-9].*");
    if (isHead) {
      return;
    }
    line(".TP");
    line(text(first));
    for (int i = 1; i < cells.length; i++) {
      line(text(cells[i].strip()));
    }
  }

  private void line(String line) {
    out.append(line).append('\n');
  }

  /** Prose with bold for code; a line of it never looks like a request. */
  private static String text(String markdown) {
    String linked =
        LINK.matcher(markdown).replaceAll(match -> Matcher.quoteReplacement(match.group(1)));
    StringBuilder text = new StringBuilder();
    Matcher code = CODE.matcher(linked);
    int done = 0;
    while (code.find()) {
      text.append(escape(linked.substring(done, code.start())));
      text.append("\\fB").append(escape(code.group(1))).append("\\fR");
      done = code.end();
    }
    return text.append(escape(linked.substring(done))).toString();
  }

  private static String escape(String text) {
    String escaped = text.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq");
    return escaped.startsWith(".") ? "\\&" + escaped : escaped;
  }
}
