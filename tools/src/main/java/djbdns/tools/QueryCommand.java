package djbdns.tools;

import djbdns.client.Failure;
import djbdns.client.PacketDump;
import djbdns.client.RecordTypeArgument;
import djbdns.client.Step;
import djbdns.client.Transport;
import djbdns.client.nio.ServerLookup;
import djbdns.client.nio.StubResolver;
import djbdns.runtime.CommandLine;
import djbdns.runtime.ExitCode;
import djbdns.runtime.Fatal;
import djbdns.runtime.Json;
import djbdns.runtime.NameArgument;
import djbdns.runtime.Program;
import djbdns.wire.Header;
import djbdns.wire.MalformedPacketException;
import djbdns.wire.MalformedTextException;
import djbdns.wire.Name;
import djbdns.wire.PacketReader;
import djbdns.wire.Question;
import djbdns.wire.Rcode;
import djbdns.wire.RecordType;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/**
 * The common part of dnsq and dnsqr: a question on the command line, and the text of its answer.
 */
final class QueryCommand {
  private static final String TCP = "--tcp";
  private static final String TIMEOUT = "--timeout";
  private static final int MAX_TIMEOUT_SECONDS = 3_600;

  private final Program program;
  private final CommandLine commandLine;
  private final CommandLine.Arguments arguments;

  /** The time at which everything that the command asks is given up. */
  private final OptionalLong endNs;

  /** Reads the options; the operands are for {@link #question} and the command. */
  QueryCommand(Program program, CommandLine commandLine, String[] args) {
    this.program = program;
    this.commandLine = commandLine;
    arguments = commandLine.parse(args, 0, Integer.MAX_VALUE);
    endNs =
        arguments
            .get(TIMEOUT)
            .map(seconds -> OptionalLong.of(System.nanoTime() + timeout(seconds).toNanos()))
            .orElse(OptionalLong.empty());
  }

  static CommandLine commandLine(Program program, String synopsis, String description) {
    return new CommandLine(program, synopsis, description)
        .optionsAnywhere()
        .flag(TCP, "Ask over TCP at once.")
        .option(
            TIMEOUT, "SECONDS", "Give up after so many seconds, 1 to 3600; else after about 60.")
        .flag(LookupCommand.JSON, "Print a JSON object.")
        .flag(LookupCommand.EXIT_CODE, "Exit 1 if there are no such records, 111 after an error.");
  }

  boolean has(String option) {
    return arguments.has(option);
  }

  List<String> operands() {
    return arguments.operands();
  }

  Transport firstTransport() {
    return arguments.has(TCP) ? Transport.TCP : Transport.UDP;
  }

  /** Asks, with the transport and within the time that the options say. */
  StubResolver resolver(Host host, Transport first) {
    return new StubResolver(host.settings(), host.random(), first, endNs);
  }

  /** Finds servers, within the same time. */
  ServerLookup serverLookup(Host host) {
    return new ServerLookup(host.settings(), host.random(), resolver(host, Transport.UDP));
  }

  private Duration timeout(String seconds) {
    if (!seconds.matches("[0-9]{1,4}")) {
      throw usage();
    }
    int number = Integer.parseInt(seconds);
    if (number < 1 || number > MAX_TIMEOUT_SECONDS) {
      throw usage();
    }
    return Duration.ofSeconds(number);
  }

  /** The question in the first two operands. They are checked in this order, as in 1.05. */
  Question question() {
    RecordType recordType = type(operand(0));
    String name = operand(1);
    try {
      return new Question(Name.parse(NameArgument.checked(program, name)), recordType);
    } catch (MalformedTextException e) {
      throw unableToParse(Failure.Reason.MALFORMED);
    }
  }

  private RecordType type(String text) {
    return RecordTypeArgument.parse(text)
        .orElseThrow(() -> program.fatalUsage(RecordTypeArgument.unknown(operands())));
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

  /**
   * Prints what came of the question.
   *
   * @param hiddenFlags of the header, which the text does not mention
   * @throws Fatal with the exit code of {@code --exit-code}, if that is not 0
   */
  void finish(Output out, Question question, Explanation explanation, int hiddenFlags)
      throws IOException {
    Step.End end = explanation.end();
    if (arguments.has(LookupCommand.JSON)) {
      putJson(out, question, explanation);
    } else {
      out.put(text(question, end, hiddenFlags));
      for (String line : explanation.lines()) {
        out.put("explain: " + line + "\n");
      }
    }
    int exitCode = arguments.has(LookupCommand.EXIT_CODE) ? exitCode(end) : ExitCode.SUCCESS;
    if (exitCode != ExitCode.SUCCESS) {
      exit(out, exitCode);
    }
  }

  private void exit(Output out, int exitCode) throws IOException {
    out.flush();
    throw program.silent(exitCode);
  }

  private void putJson(Output out, Question question, Explanation explanation) throws IOException {
    if (explanation.end() instanceof Step.Failed failed) {
      put(out, error(question, failed.failure()), explanation);
      return;
    }
    try {
      Step.Done done = (Step.Done) explanation.end();
      put(out, PacketJson.of(question, done, explanation.errors()), explanation);
    } catch (MalformedPacketException e) {
      put(out, error(question, Failure.Reason.MALFORMED), explanation);
      exit(out, ExitCode.SYSTEM);
    }
  }

  private static Json.Builder error(Question question, Failure failure) {
    Json.Builder object = PacketJson.of(question).text("error", FailureText.of(failure));
    if (failure instanceof Failure.ServerFailed server) {
      PacketJson.addReason(object, server);
    }
    return object;
  }

  private static void put(Output out, Json.Builder object, Explanation explanation)
      throws IOException {
    if (!explanation.lines().isEmpty()) {
      object.byteStrings("explanation", explanation.lines());
    }
    out.put(object.toString()).put("\n");
  }

  /** {@code TYPE NAME:} and the packet or the error (dnsq.c). */
  private String text(Question question, Step.End end, int hiddenFlags) {
    StringBuilder out = new StringBuilder();
    out.append(question.type().code()).append(' ').append(question.name()).append(":\n");
    if (end instanceof Step.Failed failed) {
      return out.append(FailureText.of(failed.failure())).append('\n').toString();
    }
    byte[] packet = ((Step.Done) end).packet().clone();
    packet[Header.FLAGS_OFFSET] &= (byte) ~(hiddenFlags >> Byte.SIZE);
    packet[Header.FLAGS_OFFSET + 1] &= (byte) ~hiddenFlags;
    try {
      return out.append(PacketDump.dump(packet, packet.length)).toString();
    } catch (MalformedPacketException e) {
      throw unableToParse(Failure.Reason.MALFORMED);
    }
  }

  private static int exitCode(Step.End end) {
    if (!(end instanceof Step.Done done)) {
      return ExitCode.SYSTEM;
    }
    try {
      Header header = new PacketReader().wrap(done.packet(), done.packet().length).readHeader();
      boolean found = header.rcode().equals(Rcode.NOERROR) && header.answerCount() > 0;
      return found ? ExitCode.SUCCESS : LookupCommand.NOT_FOUND;
    } catch (MalformedPacketException e) {
      throw new AssertionError("a reply has a header", e);
    }
  }
}
