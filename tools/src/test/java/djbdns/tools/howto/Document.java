package djbdns.tools.howto;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The commands in a text in Markdown. A block {@code console} is a session of root on the server, a
 * block {@code console NAME} one on another machine: a line that starts with {@code "# "} is a
 * command, with its here-document and the lines that a backslash at its end adds; the lines up to
 * the next command are what it prints. There are no other blocks, and code has no other form.
 *
 * @param steps in their order
 */
record Document(List<Step> steps) {
  private static final Pattern HERE_DOCUMENT = Pattern.compile("<<'?([A-Z]+)'?");
  private static final String PROMPT = "# ";
  private static final String FENCE = "```";

  /**
   * A command.
   *
   * @param machine where it is typed
   * @param line its number in the text, from 1
   * @param output the lines that it prints; none if the text does not say
   */
  record Step(String machine, int line, String command, List<String> output) {}

  /**
   * Reads a text.
   *
   * @throws IllegalArgumentException if it has code in another form, with the line
   */
  static Document read(Path file) throws IOException {
    return of(Files.readAllLines(file));
  }

  static Document of(List<String> lines) {
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.startsWith(FENCE)) {
        int end = endOfBlock(lines, i + 1);
        steps.addAll(readBlock(line.substring(FENCE.length()), lines, i + 1, end));
        i = end;
      } else if (line.startsWith("    ") || line.contains(FENCE)) {
        throw new IllegalArgumentException("line " + (i + 1) + ": code outside a block");
      }
    }
    return new Document(List.copyOf(steps));
  }

  private static int endOfBlock(List<String> lines, int start) {
    for (int i = start; i < lines.size(); i++) {
      if (lines.get(i).equals(FENCE)) {
        return i;
      }
    }
    throw new IllegalArgumentException("line " + start + ": a block without end");
  }

  private static List<Step> readBlock(String language, List<String> lines, int start, int end) {
    return switch (language) {
      case "console" -> readSteps("server", lines, start, end);
      case "console slave", "console client", "console stranger" ->
          readSteps(language.substring("console ".length()), lines, start, end);
      default ->
          throw new IllegalArgumentException("line " + start + ": a block of '" + language + "'");
    };
  }

  private static List<Step> readSteps(String machine, List<String> lines, int start, int end) {
    List<Step> steps = new ArrayList<>();
    int i = start;
    while (i < end) {
      if (!lines.get(i).startsWith(PROMPT)) {
        throw new IllegalArgumentException("line " + (i + 1) + ": no command");
      }
      int output = endOfCommand(lines, i, end);
      int next = output;
      while (next < end && !lines.get(next).startsWith(PROMPT)) {
        next++;
      }
      String command = String.join("\n", lines.subList(i, output)).substring(PROMPT.length());
      steps.add(new Step(machine, i + 1, command, List.copyOf(lines.subList(output, next))));
      i = next;
    }
    return steps;
  }

  /** The first line after a command that starts at a line. */
  private static int endOfCommand(List<String> lines, int start, int end) {
    int last = start;
    while (lines.get(last).endsWith("\\") && last + 1 < end) {
      last++;
    }
    Matcher hereDocument = HERE_DOCUMENT.matcher(lines.get(last));
    if (!hereDocument.find()) {
      return last + 1;
    }
    for (int i = last + 1; i < end; i++) {
      if (lines.get(i).equals(hereDocument.group(1))) {
        return i + 1;
      }
    }
    throw new IllegalArgumentException("line " + (start + 1) + ": a here-document without end");
  }
}
