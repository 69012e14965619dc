package djbdns.tools;

import djbdns.client.Failure;
import djbdns.client.RecordTypeArgument;
import djbdns.client.RetrySchedule;
import djbdns.client.ServerAddress;
import djbdns.client.nio.ServerLookup;
import djbdns.runtime.CommandLine;
import djbdns.runtime.Fatal;
import djbdns.runtime.NameArgument;
import djbdns.runtime.Program;
import djbdns.tools.trace.TreeStyle;
import djbdns.wire.MalformedTextException;
import djbdns.wire.Name;
import djbdns.wire.Question;
import djbdns.wire.RecordType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The command line of dnstrace. */
final class TraceCommand {
  private static final String TREE = "--tree";
  private static final String JSON = "--json";
  private static final String EXIT_CODE = "--exit-code";
  private static final String IPV6 = "--ipv6";
  private static final String UNFOLDED = "--all";
  private static final String COLOUR = "--color";
  private static final String TIMEOUT = "--timeout";
  private static final String CONCURRENCY = "--concurrency";
  private static final String RATE = "--rate";
  private static final String MAX_QUERIES = "--max-queries";

  private static final int DEFAULT_CONCURRENCY = 20;
  private static final int MAX_CONCURRENCY = 1000;
  private static final int DEFAULT_RATE = 50;
  private static final int MAX_RATE = 100_000;
  private static final int DEFAULT_QUERIES = 2000;
  private static final int MAX_NUMBER = 999_999;

  /** Of a tree. A query of 1.05 takes a minute, which this is less than. */
  private static final int DEFAULT_TIMEOUT_SECONDS = 5;

  /** A server that fails is what a tree is for, and no reason to wait for a better reply. */
  private static final RetrySchedule IMPATIENT =
      new RetrySchedule(RetrySchedule.ORIGINAL.timeoutsMs(), 0, -1);

  /** More than the rounds of a query take together. */
  private static final int LONGEST_SECONDS = 3600;

  private final Program program;
  private final CommandLine commandLine;
  private final CommandLine.Arguments arguments;
  private final TraceRun.Manner manner;

  TraceCommand(Program program, CommandLine commandLine, String[] args) {
    this.program = program;
    this.commandLine = commandLine;
    arguments = commandLine.parse(args, 0, Integer.MAX_VALUE);
    manner =
        new TraceRun.Manner(
            number(CONCURRENCY, DEFAULT_CONCURRENCY, MAX_CONCURRENCY),
            number(RATE, DEFAULT_RATE, MAX_RATE),
            TimeUnit.SECONDS.toNanos(
                number(
                    TIMEOUT,
                    wantsTree() ? DEFAULT_TIMEOUT_SECONDS : LONGEST_SECONDS,
                    LONGEST_SECONDS)),
            wantsTree() ? IMPATIENT : RetrySchedule.ORIGINAL,
            arguments.has(IPV6),
            !wantsTree());
    if (!List.of("auto", "always", "never").contains(colour())) {
      throw commandLine.usage();
    }
  }

  static CommandLine commandLine(Program program) {
    return new CommandLine(
            program, "type name rootip ...", "Asks every DNS server that has a say in a question.")
        .optionsAnywhere()
        .flag(TREE, "Print a tree of zones and what is wrong in it. Needs no rootip.")
        .flag(JSON, "Print a line of JSON for each event.")
        .flag(EXIT_CODE, "Exit 1 if there is no such name or data, 2 if anything is wrong.")
        .flag(IPV6, "Follow IPv6 addresses of servers too.")
        .flag(UNFOLDED, "With --tree, list servers one by one that say the same.")
        .option(COLOUR, "WHEN", "With --tree, use colour: auto, always, never. Default: auto")
        .option(TIMEOUT, "SECONDS", "Give up a query after that. Default with --tree: 5")
        .option(CONCURRENCY, "N", "At most so many queries in flight. Default: 20")
        .option(RATE, "N", "At most so many new queries a second. Default: 50")
        .option(MAX_QUERIES, "N", "With --tree, at most so many queries. Default: 2000");
  }

  boolean wantsTree() {
    return arguments.has(TREE);
  }

  boolean wantsJson() {
    return arguments.has(JSON);
  }

  boolean wantsExitCode() {
    return arguments.has(EXIT_CODE);
  }

  /** True if anybody wants to know what is wrong. */
  boolean wantsDiagnosis() {
    return wantsTree() || wantsJson() || wantsExitCode();
  }

  TraceRun.Manner manner() {
    return manner;
  }

  int maxQueries() {
    return number(MAX_QUERIES, DEFAULT_QUERIES, MAX_NUMBER);
  }

  TreeStyle style(Terminal terminal) {
    boolean colour = colour().equals("always") || (colour().equals("auto") && terminal.colour());
    return new TreeStyle(terminal.unicode(), colour, arguments.has(UNFOLDED));
  }

  private String colour() {
    return arguments.get(COLOUR).orElse("auto");
  }

  /** The question in the first two operands, checked in this order, as in 1.05. */
  Question question() {
    RecordType type = RecordTypeArgument.parse(operand(0)).orElseThrow(commandLine::usage);
    try {
      return new Question(Name.parse(NameArgument.checked(program, operand(1))), type);
    } catch (MalformedTextException e) {
      throw unable("unable to parse " + operand(1), Failure.Reason.MALFORMED);
    }
  }

  private String operand(int index) {
    if (index >= arguments.operands().size()) {
      throw commandLine.usage();
    }
    return arguments.operands().get(index);
  }

  /** The original runs out of memory over everything that it cannot make sense of. */
  private Fatal unable(String what, Failure failure) {
    return program.fatal(
        wantsTree() || wantsJson() ? what + ": " + FailureText.of(failure) : "out of memory");
  }

  /** The addresses of the servers in the other operands; for a tree, else those of the world. */
  List<ServerAddress> roots(Host host) throws IOException {
    List<String> operands = arguments.operands().subList(2, arguments.operands().size());
    if (operands.isEmpty() && wantsTree()) {
      return TraceRoots.of(host.settings(), manner.ipv6());
    }
    ServerLookup lookup = new ServerLookup(host.settings(), host.random());
    List<ServerAddress> roots = new ArrayList<>();
    for (String operand : operands) {
      switch (lookup.find(operand)) {
        case ServerLookup.Found found -> roots.addAll(found.addresses());
        case ServerLookup.Failed failed ->
            throw unable("unable to find IP address for " + operand, failed.failure());
      }
    }
    return roots;
  }

  /** The value of an option, a number of 1 to {@code max}. */
  private int number(String option, int otherwise, int max) {
    String text = arguments.get(option).orElse(Integer.toString(otherwise));
    boolean plausible = text.length() <= 6 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    int value = plausible && !text.isEmpty() ? Integer.parseInt(text) : 0;
    if (value < 1 || value > max) {
      throw commandLine.usage();
    }
    return value;
  }
}
