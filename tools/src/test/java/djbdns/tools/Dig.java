package djbdns.tools;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/** Asks a server by way of dig(1), in a namespace. */
final class Dig {
  /** A question, as a line of dig's batch file has it: the name and the type. */
  record Asked(String name, String type) {
    @Override
    public String toString() {
      return name + " " + type;
    }
  }

  /**
   * What came back.
   *
   * @param status the response code, or "none" if there was no response
   * @param records of the answer section, without TTL, in lower case
   */
  record Reply(String status, TreeSet<String> records) {
    static Reply none() {
      return new Reply("none", new TreeSet<>());
    }
  }

  private final Namespace namespace;
  private final Path directory;
  private final List<String> options;

  /**
   * @param directory where a batch file may be written
   * @param options of every query
   */
  Dig(Namespace namespace, Path directory, List<String> options) {
    this.namespace = namespace;
    this.directory = directory;
    this.options = options;
  }

  /** Asks one question after the other; the replies are in the same order. */
  List<Reply> ask(String server, List<Asked> questions) throws IOException, InterruptedException {
    Path batch = Files.createTempFile(directory, "batch", "");
    Files.write(batch, questions.stream().map(Asked::toString).toList());
    List<String> command = new ArrayList<>(List.of("dig", "@" + server));
    command.addAll(List.of("+noall", "+comments", "+answer", "+tries=1", "+time=30"));
    command.addAll(options);
    command.addAll(List.of("-f", batch.toString()));
    Execution execution = namespace.run(directory, command.toArray(String[]::new));
    List<Reply> replies = parse(execution.output());
    if (replies.size() != questions.size()) {
      throw new AssertionError(
          replies.size() + " replies to " + questions.size() + " questions:\n" + execution);
    }
    return replies;
  }

  Reply ask(String server, String name, String type) throws IOException, InterruptedException {
    return ask(server, List.of(new Asked(name, type))).getFirst();
  }

  private static List<Reply> parse(String output) {
    List<Reply> replies = new ArrayList<>();
    for (String line : output.lines().toList()) {
      if (line.contains("->>HEADER<<-")) {
        String status = line.replaceFirst(".*status: ([A-Z0-9]+).*", "$1");
        replies.add(new Reply(status, new TreeSet<>()));
      } else if (line.contains("timed out") || line.contains("no servers could be reached")) {
        if (line.contains("no servers could be reached")) {
          replies.add(Reply.none());
        }
      } else if (!line.isEmpty() && !line.startsWith(";")) {
        replies.getLast().records().add(withoutTtl(line).toLowerCase(Locale.ROOT));
      }
    }
    return replies;
  }

  private static String withoutTtl(String line) {
    return line.replaceFirst("^(\\S+)\\s+\\d+\\s+IN\\s+(\\S+)\\s+", "$1 $2 ");
  }
}
