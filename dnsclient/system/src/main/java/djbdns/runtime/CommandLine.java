package djbdns.runtime;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The options and operands of one command. Options are read up to the first operand, for what
 * follows may be another command, unless {@link #optionsAnywhere} is called; a wrong command line
 * gives the original's usage line and exit code 100; {@code --help} and {@code --version} print on
 * standard output and exit 0.
 *
 * <p>picocli makes the help, and is not loaded for anything else: it would take a short command
 * longer than its work.
 */
public final class CommandLine {
  /** The options given by name, with their value or an empty one, and the operands in order. */
  public record Arguments(Map<String, String> options, List<String> operands) {
    /** True if an option was given. */
    public boolean has(String option) {
      return options.containsKey(option);
    }

    /** The value of an option, if it was given. */
    public Optional<String> get(String option) {
      return Optional.ofNullable(options.get(option));
    }
  }

  /** An option; what it calls its value is empty if it takes none. */
  public record Option(String name, String valueName, String description) {}

  static final String HELP = "--help";
  static final String VERSION = "--version";

  private final Program program;
  private final String synopsis;
  private final String description;
  private final List<Option> options = new ArrayList<>();
  private final Map<String, String> variables = new LinkedHashMap<>();
  private boolean anywhere;
  private boolean refusesUnknown;

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

  /** Reads options behind operands as well, unless a word {@code --} is before the first one. */
  public CommandLine optionsAnywhere() {
    anywhere = true;
    return this;
  }

  /**
   * Takes words that start with a dash for wrong options, where 1.05 knows none, up to {@code --}.
   */
  public CommandLine refuseUnknownOptions() {
    refusesUnknown = true;
    return this;
  }

  /** Adds an option without a value, such as {@code --strict}. */
  public CommandLine flag(String name, String description) {
    return option(name, "", description);
  }

  /** Adds an option with a value, such as {@code --key FILE}. */
  public CommandLine option(String name, String valueName, String description) {
    options.add(new Option(name, valueName, description));
    return this;
  }

  /** Adds a variable of the environment to the help. */
  public CommandLine variable(String name, String description) {
    variables.put(name, description);
    return this;
  }

  /** The part of the usage line behind the command's name. */
  public String synopsis() {
    return synopsis;
  }

  /** The purpose of the command, in one sentence. */
  public String description() {
    return description;
  }

  /** All options, in the order of their names. */
  public List<Option> options() {
    return options.stream().sorted(Comparator.comparing(Option::name)).toList();
  }

  /** A script for bash that completes this command's options. */
  public String completion() {
    return usageText().completion();
  }

  private UsageText usageText() {
    return new UsageText(program.name(), synopsis, description, options, variables);
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
        new OptionParser(options, anywhere, refusesUnknown).parse(args).orElseThrow(this::usage);
    if (arguments.has(HELP)) {
      program.print(usageText().help());
      throw program.silent(ExitCode.SUCCESS);
    }
    if (arguments.has(VERSION)) {
      program.print(program.name() + " (djbdns for Java) " + Version.text() + "\n");
      throw program.silent(ExitCode.SUCCESS);
    }
    if (arguments.operands().size() < minOperands || arguments.operands().size() > maxOperands) {
      throw usage();
    }
    return arguments;
  }
}
