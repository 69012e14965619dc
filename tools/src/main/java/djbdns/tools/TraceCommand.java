package djbdns.tools;

import djbdns.client.RecordTypeArgument;
import djbdns.client.ServerAddress;
import djbdns.client.nio.ServerLookup;
import djbdns.runtime.CommandLine;
import djbdns.runtime.Fatal;
import djbdns.runtime.Program;
import djbdns.wire.MalformedTextException;
import djbdns.wire.Name;
import djbdns.wire.Question;
import djbdns.wire.RecordType;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The command line of dnstrace. */
final class TraceCommand {
  private static final String IPV6 = "--ipv6";
  private static final String CONCURRENCY = "--concurrency";
  private static final String RATE = "--rate";

  private static final int DEFAULT_CONCURRENCY = 20;
  private static final int MAX_CONCURRENCY = 1000;
  private static final int DEFAULT_RATE = 50;
  private static final int MAX_RATE = 100_000;

  /** More than the rounds of a query take together. */
  private static final long LONGEST_NS = TimeUnit.HOURS.toNanos(1);

  private final Program program;
  private final CommandLine commandLine;
  private final CommandLine.Arguments arguments;

  TraceCommand(Program program, CommandLine commandLine, String[] args) {
    this.program = program;
    this.commandLine = commandLine;
    arguments = commandLine.parse(args, 0, Integer.MAX_VALUE);
  }

  static CommandLine commandLine(Program program) {
    return new CommandLine(
            program, "type name rootip ...", "Asks every DNS server that has a say in a question.")
        .flag(IPV6, "Follow IPv6 addresses of servers too.")
        .option(CONCURRENCY, "N", "At most so many queries in flight. Default: 20")
        .option(RATE, "N", "At most so many new queries a second. Default: 50");
  }

  /** The question in the first two operands, checked in this order, as in 1.05. */
  Question question() {
    RecordType type = RecordTypeArgument.parse(operand(0)).orElseThrow(commandLine::usage);
    try {
      return new Question(Name.parse(operand(1)), type);
    } catch (MalformedTextException e) {
      throw outOfMemory();
    }
  }

  private String operand(int index) {
    if (index >= arguments.operands().size()) {
      throw commandLine.usage();
    }
    return arguments.operands().get(index);
  }

  /** What 1.05 says of every argument that it cannot make sense of. */
  private Fatal outOfMemory() {
    return program.fatal("out of memory");
  }

  /** The addresses of the servers in the other operands. */
  List<ServerAddress> roots(Host host) {
    ServerLookup lookup = new ServerLookup(host.settings(), host.random());
    List<ServerAddress> roots = new ArrayList<>();
    List<String> operands = arguments.operands();
    for (String operand : operands.subList(2, operands.size())) {
      switch (lookup.find(operand)) {
        case ServerLookup.Found found -> roots.addAll(found.addresses());
        case ServerLookup.Failed _ -> throw outOfMemory();
      }
    }
    return roots;
  }

  TraceRun.Manner manner() {
    return new TraceRun.Manner(
        number(CONCURRENCY, DEFAULT_CONCURRENCY, MAX_CONCURRENCY),
        number(RATE, DEFAULT_RATE, MAX_RATE),
        LONGEST_NS,
        false,
        arguments.has(IPV6),
        true);
  }

  /** The value of an option, a number of 1 to {@code max}. */
  private int number(String option, int otherwise, int max) {
    String text = arguments.get(option).orElse(Integer.toString(otherwise));
    boolean plausible = text.length() <= 6 && text.chars().allMatch(Character::isDigit);
    int value = plausible && !text.isEmpty() ? Integer.parseInt(text) : 0;
    if (value < 1 || value > max) {
      throw commandLine.usage();
    }
    return value;
  }
}
