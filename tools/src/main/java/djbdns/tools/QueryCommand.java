package djbdns.tools;

import djbdns.client.Failure;
import djbdns.client.PacketDump;
import djbdns.client.RecordTypeArgument;
import djbdns.client.Step;
import djbdns.client.Transport;
import djbdns.runtime.CommandLine;
import djbdns.runtime.Fatal;
import djbdns.runtime.Program;
import djbdns.wire.MalformedPacketException;
import djbdns.wire.MalformedTextException;
import djbdns.wire.Name;
import djbdns.wire.Question;
import djbdns.wire.RecordType;
import java.util.List;

/** What dnsq and dnsqr share: a question on the command line, and the text of its answer. */
final class QueryCommand {
  private static final String TCP = "--tcp";

  private final Program program;
  private final CommandLine commandLine;
  private final CommandLine.Arguments arguments;

  /** Reads the options; the operands are for {@link #question} and the command. */
  QueryCommand(Program program, CommandLine commandLine, String[] args) {
    this.program = program;
    this.commandLine = commandLine;
    arguments = commandLine.parse(args, 0, Integer.MAX_VALUE);
  }

  static CommandLine commandLine(Program program, String synopsis, String description) {
    return new CommandLine(program, synopsis, description).flag(TCP, "Ask over TCP at once.");
  }

  List<String> operands() {
    return arguments.operands();
  }

  Transport firstTransport() {
    return arguments.has(TCP) ? Transport.TCP : Transport.UDP;
  }

  /** The question in the first two operands. They are checked in this order, as in 1.05. */
  Question question() {
    String type = operand(0);
    RecordType recordType = RecordTypeArgument.parse(type).orElseThrow(this::usage);
    String name = operand(1);
    try {
      return new Question(Name.parse(name), recordType);
    } catch (MalformedTextException e) {
      throw unableToParse(Failure.Reason.MALFORMED);
    }
  }

  /** An operand that must be there. */
  String operand(int index) {
    if (index >= operands().size()) {
      throw usage();
    }
    return operands().get(index);
  }

  Fatal usage() {
    return commandLine.usage();
  }

  Fatal unableToParse(Failure failure) {
    return program.fatal("unable to parse: " + FailureText.of(failure));
  }

  /** {@code TYPE NAME:} and the packet or the error (dnsq.c). */
  String report(Question question, Step.End end) {
    StringBuilder out = new StringBuilder();
    out.append(question.type().code()).append(' ').append(question.name()).append(":\n");
    if (end instanceof Step.Failed failed) {
      return out.append(FailureText.of(failed.failure())).append('\n').toString();
    }
    Step.Done done = (Step.Done) end;
    try {
      return out.append(PacketDump.dump(done.packet(), done.packet().length)).toString();
    } catch (MalformedPacketException e) {
      throw unableToParse(Failure.Reason.MALFORMED);
    }
  }
}
