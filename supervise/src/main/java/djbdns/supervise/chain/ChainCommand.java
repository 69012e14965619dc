package djbdns.supervise.chain;

import djbdns.runtime.ArgumentBytes;
import djbdns.runtime.CommandLine;
import djbdns.runtime.Fatal;
import djbdns.runtime.Program;
import java.util.List;

/**
 * A command of this package. Its words have a character for each byte; {@code --help} and {@code
 * --version} are options only if they are the only word, since a program of such a name may follow.
 */
final class ChainCommand {
  /** The work of a command, which ends by becoming another program, or by an exception. */
  @FunctionalInterface
  interface Body {
    void run(Program program, List<String> words) throws Exception;
  }

  private final Program program;
  private final CommandLine commandLine;

  /**
   * @param synopsis the rest of the usage line, after the command's name
   * @param description one sentence for {@code --help}
   */
  ChainCommand(String name, String synopsis, String description) {
    program = new Program(name);
    commandLine = new CommandLine(program, synopsis, description);
  }

  /** The usage error of this command, exit 100. */
  Fatal usage() {
    return commandLine.usage();
  }

  /** Does the work and exits; with fewer words than a minimum, it is a usage error. */
  void run(String[] args, int minWords, Body body) {
    program.run(() -> {
      if (args.length == 1 && (args[0].equals("--help") || args[0].equals("--version"))) {
        commandLine.parse(args, 0, 0);
      }
      if (args.length < minWords) {
        throw usage();
      }
      body.run(program, List.of(ArgumentBytes.of(args)));
    });
  }
}
