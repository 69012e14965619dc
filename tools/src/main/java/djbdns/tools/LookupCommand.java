package djbdns.tools;

import djbdns.client.Failure;
import djbdns.runtime.CommandLine;
import djbdns.runtime.ExitCode;
import djbdns.runtime.Json;
import djbdns.runtime.Program;
import java.io.IOException;

/**
 * The common part of dnsip, dnsip6, dnsipq, dnsname, dnsmx and dnstxt, which look up every
 * argument.
 */
final class LookupCommand {
  /** Looks up one argument. */
  interface Finder {
    Finding find(String argument) throws LookupFailedException;
  }

  static final String JSON = "--json";
  static final String EXIT_CODE = "--exit-code";

  /** The exit code for what is not there, with {@link #EXIT_CODE}. */
  static final int NOT_FOUND = 1;

  private final Program program;
  private final CommandLine.Arguments arguments;
  private final Output out;

  /** Reads the options. */
  LookupCommand(Program program, CommandLine commandLine, String[] args, Host host) {
    this.program = program;
    arguments = commandLine.parse(args, 0, Integer.MAX_VALUE);
    out = host.out();
  }

  static CommandLine commandLine(Program program, String synopsis, String description) {
    return new CommandLine(program, synopsis, description)
        .optionsAnywhere()
        .flag(JSON, "Print a JSON object for each argument, and go on after errors.")
        .flag(EXIT_CODE, "Exit 1 if nothing was found for an argument.");
  }

  /** True if servers shall say why they fail: JSON tells it. */
  boolean wantsReasons() {
    return arguments.has(JSON);
  }

  /**
   * Looks up the arguments one after the other and prints what is found.
   *
   * @param key what JSON calls the argument
   */
  void run(String key, Finder finder) throws IOException {
    int exitCode = ExitCode.SUCCESS;
    for (String argument : arguments.operands()) {
      exitCode = Math.max(exitCode, lookUp(key, argument, finder));
    }
    if (exitCode != ExitCode.SUCCESS) {
      out.flush();
      throw program.silent(exitCode);
    }
  }

  /** Returns the exit code if there were only this argument. */
  private int lookUp(String key, String argument, Finder finder) throws IOException {
    try {
      Finding finding = finder.find(argument);
      print(key, argument, finding);
      return finding.isEmpty() && arguments.has(EXIT_CODE) ? NOT_FOUND : ExitCode.SUCCESS;
    } catch (LookupFailedException e) {
      if (!arguments.has(JSON)) {
        throw program.fatal(e.message(argument));
      }
      Json.Builder object = Json.object().bytes(key, argument).bytes("error", e.error());
      if (e.failure().orElse(Failure.Reason.NO_REPLY) instanceof Failure.ServerFailed server) {
        PacketJson.addReason(object, server);
      }
      putLine(object);
      return ExitCode.SYSTEM;
    }
  }

  private void print(String key, String argument, Finding finding) throws IOException {
    if (arguments.has(JSON)) {
      Json.Builder object = Json.object().bytes(key, argument);
      finding.addTo(object);
      putLine(object);
    } else {
      finding.print(out);
    }
  }

  private void putLine(Json.Builder object) throws IOException {
    out.put(object.toString()).put("\n");
  }
}
