package djbdns.tools;

import djbdns.tools.Dig.Asked;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/**
 * What servers say to the same questions, by way of dig(1) in a namespace, and where they differ.
 *
 * <p>Legitimate, and so not seen here: the order of records; the additional section, which is a
 * courtesy; NS records beside an answer, which BIND, Knot DNS and NSD leave out to be short.
 */
final class WholeReplies {
  /**
   * One reply.
   *
   * @param head the response code, and AA if it is set
   * @param answer records of the answer section with TTL, in lower case
   * @param authority those of the authority section
   */
  private record Reply(String head, TreeSet<String> answer, TreeSet<String> authority) {
    boolean isSameAs(Reply other) {
      return head.equals(other.head)
          && answer.equals(other.answer)
          && neededAuthority().equals(other.neededAuthority());
    }

    /** Without what RFC 1034 leaves to the server: NS records beside an answer. */
    private List<String> neededAuthority() {
      return authority.stream()
          .filter(record -> answer.isEmpty() || !record.contains(" in ns "))
          .toList();
    }

    @Override
    public String toString() {
      return head + " " + answer + " " + authority;
    }
  }

  private final Namespace namespace;
  private final Path directory;

  /**
   * @param directory where a batch file may be written
   */
  WholeReplies(Namespace namespace, Path directory) {
    this.namespace = namespace;
    this.directory = directory;
  }

  /** The questions that two servers answer differently, with both answers. */
  List<String> differences(
      List<Asked> questions, String expected, String actual, String... actualOptions)
      throws IOException, InterruptedException {
    List<Reply> expectedReplies = ask(expected, questions);
    List<Reply> actualReplies = ask(actual, questions, actualOptions);
    List<String> differences = new ArrayList<>();
    for (int i = 0; i < questions.size(); i++) {
      if (!actualReplies.get(i).isSameAs(expectedReplies.get(i))) {
        differences.add(
            questions.get(i)
                + ("\n  " + expected + ": " + expectedReplies.get(i))
                + ("\n  " + actual + ": " + actualReplies.get(i)));
      }
    }
    return differences;
  }

  private List<Reply> ask(String server, List<Asked> questions, String... options)
      throws IOException, InterruptedException {
    Path batch = Files.createTempFile(directory, "batch", "");
    Files.write(batch, questions.stream().map(Asked::toString).toList());
    List<String> command = new ArrayList<>(List.of("dig", "@" + server));
    command.addAll(List.of("+noall", "+comments", "+answer", "+authority", "+norec", "+time=10"));
    command.addAll(List.of(options));
    command.addAll(List.of("-f", batch.toString()));
    Execution execution = namespace.run(directory, command.toArray(String[]::new));
    List<Reply> replies = parse(execution.output());
    if (replies.size() != questions.size()) {
      throw new AssertionError(
          replies.size() + " replies to " + questions.size() + " questions:\n" + execution);
    }
    return replies;
  }

  private static List<Reply> parse(String output) {
    List<Reply> replies = new ArrayList<>();
    String status = "";
    boolean inAuthority = false;
    for (String line : output.lines().toList()) {
      if (line.contains("->>HEADER<<-")) {
        status = line.replaceFirst(".*status: ([A-Z0-9]+).*", "$1");
      } else if (line.startsWith(";; flags:")) {
        String flags = line.substring(0, line.indexOf(';', 2));
        replies.add(
            new Reply(
                status + (flags.contains(" aa") ? " AA" : ""), new TreeSet<>(), new TreeSet<>()));
        inAuthority = false;
      } else if (line.startsWith(";; AUTHORITY")) {
        inAuthority = true;
      } else if (!line.isEmpty() && !line.startsWith(";")) {
        Reply reply = replies.getLast();
        String text = line.replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
        (inAuthority ? reply.authority() : reply.answer()).add(text);
      }
    }
    return replies;
  }
}
