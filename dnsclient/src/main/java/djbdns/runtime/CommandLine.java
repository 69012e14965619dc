package djbdns.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The options and operands of one command. Options are read up to the first operand; a wrong
 * command line gives the original's usage line and exit code 100; {@code --help} and {@code
 * --version} print on standard output and exit 0.
 *
 * <p>A command line that starts with an operand has no options, so picocli is not loaded for it: it
 * would take a short command longer than its work.
 */
public final class CommandLine {
  /** What was given: options without a value, by name, and operands in order. */
  public record Arguments(Set<String> flags, List<String> operands) {
    /** Whether an option without a value was given. */
    public boolean has(String flag) {
      return flags.contains(flag);
    }
  }

  /** An option without a value. */
  record Flag(String name, String description) {}

  static final String HELP = "--help";
  static final String VERSION = "--version";

  private final Program program;
  private final String synopsis;
  private final String description;
  private final List<Flag> flags = new ArrayList<>();

  /**
   * A command without options of its own.
   *
   * @param synopsis what follows the command's name in its usage line
   * @param description one sentence for {@code --help}
   */
  public CommandLine(Program program, String synopsis, String description) {
    this.program = program;
    this.synopsis = synopsis;
    this.description = description;
    flag(HELP, "Print this and exit.");
    flag(VERSION, "Print the version and exit.");
  }

  /** Adds an option without a value, such as {@code --strict}. */
  public CommandLine flag(String name, String description) {
    flags.add(new Flag(name, description));
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
    Arguments arguments =
        args.length == 0 || !args[0].startsWith("-")
            ? new Arguments(Set.of(), List.of(args))
            : new OptionParser(program.name(), synopsis, description, flags)
                .parse(args)
                .orElseThrow(this::usage);
    if (arguments.operands().size() < minOperands || arguments.operands().size() > maxOperands) {
      throw usage();
    }
    return arguments;
  }
}
