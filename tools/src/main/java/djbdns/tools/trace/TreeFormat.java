package djbdns.tools.trace;

import djbdns.client.Transport;
import djbdns.wire.Name;
import djbdns.wire.Question;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A {@link Picture} and its problems as a tree: each zone on the way with what its servers say,
 * below it the zone they refer to; at the end the answer and the problems.
 *
 * <pre>
 * A www.example.org
 * .
 * |- 13 servers refer to org, 12 to 180 ms
 * `- org
 *    |- a.nic.org 192.0.2.1 refers to example.org, 20 ms
 *    `- example.org
 *       `- ns.example.org 192.0.2.10 answers A 192.0.2.80, 15 ms
 * </pre>
 */
public final class TreeFormat {
  /** As many servers that say the same are still listed. */
  private static final int LISTED = 3;

  /** As many records fit on the line of a server. */
  private static final int RECORDS = 3;

  private final Picture picture;
  private final List<Problem> problems;
  private final TreeStyle style;
  private final StringBuilder out = new StringBuilder();

  /** Zones whose problems have been shown already. */
  private final Set<Name> shown = new HashSet<>();

  private TreeFormat(Picture picture, List<Problem> problems, TreeStyle style) {
    this.picture = picture;
    this.problems = problems;
    this.style = style;
  }

  /** The text, every line ended. */
  public static String of(Picture picture, List<Problem> problems, TreeStyle style) {
    TreeFormat format = new TreeFormat(picture, problems, style);
    for (Question question : picture.questions()) {
      format.appendTree(question);
    }
    format.appendAnswers();
    format.appendProblems();
    return format.out.toString();
  }

  private void appendTree(Question question) {
    line(question.type() + " " + question.name());
    List<Name> zones = picture.zones(question);
    line(style.zone(zones.getFirst().toString()));
    appendZone(question, zones, 0, "");
    out.append('\n');
  }

  private void appendZone(Question question, List<Name> zones, int depth, String indent) {
    Name zone = zones.get(depth);
    boolean deepest = depth + 1 == zones.size();
    List<String> lines = linesOf(question, zone);
    for (int i = 0; i < lines.size(); i++) {
      boolean last = deepest && i + 1 == lines.size();
      line(indent + style.fork(last) + lines.get(i));
    }
    if (!deepest) {
      line(indent + style.fork(true) + style.zone(zones.get(depth + 1).toString()));
      appendZone(question, zones, depth + 1, indent + style.stem(true));
    }
  }

  private List<String> linesOf(Question question, Name zone) {
    Map<Statement, List<Picture.Said>> groups = new LinkedHashMap<>();
    for (Picture.Said said : picture.said(question, zone)) {
      groups.computeIfAbsent(said.statement(), _ -> new ArrayList<>()).add(said);
    }
    List<String> lines = new ArrayList<>();
    groups.forEach((statement, group) -> {
      if (group.size() > LISTED && !style.unfolded()) {
        lines.add(line(group.size() + " servers", statement, plural(statement), times(group)));
      } else {
        for (Picture.Said said : group) {
          lines.add(line(said.server(), statement, statement.text(), times(List.of(said))));
        }
      }
    });
    for (Name host : picture.hosts(zone)) {
      if (picture.addresses(host).isEmpty()) {
        lines.add(host + style.faint(absence(host)));
      }
    }
    if (shown.add(zone)) {
      problems.stream()
          .filter(problem -> problem.zone().equals(zone) && !problem.ofServer())
          .map(problem -> style.problem("! " + problem.text()))
          .forEach(lines::add);
    }
    return lines;
  }

  private String absence(Name host) {
    List<Exchange> lookups = picture.lookups(host);
    if (lookups.isEmpty()) {
      return " cannot be found";
    }
    boolean exists = lookups.stream().noneMatch(one -> one.has(Event.NoSuchName.class));
    return exists ? " has no address that was asked for" : " does not exist";
  }

  private String line(String who, Statement statement, String what, String time) {
    String mark = statement.kind().isProblem() ? style.problem("! ") : "";
    return mark
        + who
        + " "
        + paint(statement, what + records(statement))
        + style.faint(", " + time);
  }

  /** The same of several servers: "refer to org". */
  private static String plural(Statement statement) {
    String text = statement.text();
    int end = text.indexOf(' ') < 0 ? text.length() : text.indexOf(' ');
    String verb =
        switch (text.substring(0, end)) {
          case "is" -> "are";
          case "does" -> "do";
          case String singular -> singular.substring(0, singular.length() - 1);
        };
    return verb + text.substring(end);
  }

  private static String records(Statement statement) {
    List<String> records = statement.records();
    if (statement.kind() != Statement.Kind.ANSWER) {
      return "";
    }
    return records.size() > RECORDS
        ? " with " + records.size() + " records"
        : " " + String.join(", ", records);
  }

  private String paint(Statement statement, String text) {
    if (statement.kind().isProblem()) {
      return style.problem(text);
    }
    return statement.kind().isFinal() ? style.good(text) : text;
  }

  private static String times(List<Picture.Said> group) {
    List<Long> sorted = group.stream().map(said -> said.exchange().elapsedNs()).sorted().toList();
    String range = milliseconds(sorted.getFirst());
    if (!milliseconds(sorted.getLast()).equals(range)) {
      range += " to " + milliseconds(sorted.getLast());
    }
    long overTcp =
        group.stream()
            .flatMap(said -> said.exchange().reply().stream())
            .filter(TreeFormat::isTcp)
            .count();
    return range + " ms" + (overTcp == 0 ? "" : " over TCP");
  }

  private static boolean isTcp(Exchange.Reply reply) {
    return reply.transport() == Transport.TCP;
  }

  private static String milliseconds(long elapsedNs) {
    double ms = (double) elapsedNs / TimeUnit.MILLISECONDS.toNanos(1);
    return ms < 10 ? String.format(Locale.ROOT, "%.1f", ms) : Long.toString(Math.round(ms));
  }

  private void appendAnswers() {
    Set<String> answers = new TreeSet<>();
    for (Question question : picture.questions()) {
      picture
          .about(question)
          .filter(Exchange::isAuthoritative)
          .flatMap(TreeFormat::answersIn)
          .forEach(answers::add);
    }
    line(answers.isEmpty() ? "No answer" : "Answer:");
    answers.forEach(answer -> line("  " + style.good(answer)));
    denials().forEach(denial -> line(style.good(denial)));
  }

  /** The statements of the last question's own servers instead of an answer. */
  private Set<String> denials() {
    Question last = picture.questions().getLast();
    Set<String> denials = new TreeSet<>();
    for (Name zone : picture.zones(last)) {
      for (Picture.Said said : picture.said(last, zone)) {
        switch (said.statement().kind()) {
          case NO_DATA -> denials.add(last.name() + " has no " + last.type());
          case NO_SUCH_NAME -> denials.add(last.name() + " does not exist");
          default -> {
            // No denial.
          }
        }
      }
    }
    return denials;
  }

  private static Stream<String> answersIn(Exchange exchange) {
    String name = exchange.ask().question().name().toString();
    Stream<String> aliases =
        exchange.all(Event.Alias.class).map(alias -> name + " CNAME " + alias.target());
    Stream<String> answers =
        exchange
            .all(Event.Answer.class)
            .map(answer -> name + " " + answer.ttlSeconds() + " " + answer.data());
    return Stream.concat(aliases, answers);
  }

  private void appendProblems() {
    out.append('\n');
    if (problems.isEmpty()) {
      line(style.good("No problems found"));
    } else {
      line(style.problem(count(problems.size(), "problem:", "problems:")));
      problems.forEach(problem -> line("  " + problem.zone() + ": " + problem.text()));
    }
    long servers = picture.exchanges().stream().map(one -> one.ask().server()).distinct().count();
    line(
        style.faint(
            count(picture.exchanges().size(), "query", "queries")
                + " to "
                + count(servers, "address", "addresses")));
  }

  private static String count(long number, String one, String many) {
    return number + " " + (number == 1 ? one : many);
  }

  private void line(String text) {
    out.append(text).append('\n');
  }
}
