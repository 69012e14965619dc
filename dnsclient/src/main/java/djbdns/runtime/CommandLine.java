package djbdns.runtime;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * The options and operands of one command. Options are read up to the first operand; a wrong
 * command line gives the original's usage line and exit code 100; {@code --help} and {@code
 * --version} print on standard output and exit 0.
 */
public final class CommandLine {
  /** What was given. */
  public record Arguments(ParseResult result, List<String> operands) {
    /** Whether an option without a value was given. */
    public boolean has(String flag) {
      return result.matchedOptionValue(flag, false);
    }
  }

  private final Program program;
  private final String synopsis;
  private final CommandSpec spec;

  /**
   * A command without options of its own.
   *
   * @param synopsis what follows the command's name in its usage line
   * @param description one sentence for {@code --help}
   */
  public CommandLine(Program program, String synopsis, String description) {
    this.program = program;
    this.synopsis = synopsis;
    spec = CommandSpec.create().name(program.name());
    spec.usageMessage()
        .customSynopsis(program.name() + (synopsis.isEmpty() ? "" : " " + synopsis))
        .description(description);
    flag("--help", "Print this and exit.");
    flag("--version", "Print the version and exit.");
    spec.addPositional(
        PositionalParamSpec.builder().arity("0..*").type(List.class).hidden(true).build());
    spec.parser()
        .stopAtPositional(true)
        .stopAtUnmatched(true)
        .unmatchedOptionsArePositionalParams(true);
  }

  /** Adds an option without a value, such as {@code --strict}. */
  public CommandLine flag(String name, String description) {
    spec.addOption(
        OptionSpec.builder(name).arity("0").type(Boolean.class).description(description).build());
    return this;
  }

  /** The usage error of this command. */
  public Fatal usage() {
    return program.usage(synopsis);
  }

  /**
   * Reads the arguments.
   *
   * @throws Fatal if they make no sense, or were {@code --help} or {@code --version}
   */
  public Arguments parse(String[] args, int minOperands, int maxOperands) {
    picocli.CommandLine parser = new picocli.CommandLine(spec);
    ParseResult result;
    try {
      result = parser.parseArgs(args);
    } catch (ParameterException e) {
      throw usage();
    }
    List<String> operands =
        result.matchedPositionals().isEmpty()
            ? List.of()
            : result.matchedPositionals().getFirst().<List<String>>getValue();
    Arguments arguments = new Arguments(result, operands);
    if (arguments.has("--help")) {
      System.out.print(parser.getUsageMessage());
      throw new Fatal(ExitCode.SUCCESS, "");
    }
    if (arguments.has("--version")) {
      System.out.println(program.name() + " (djbdns for Java) " + Version.text());
      throw new Fatal(ExitCode.SUCCESS, "");
    }
    if (operands.size() < minOperands || operands.size() > maxOperands) {
      throw usage();
    }
    return arguments;
  }
}
