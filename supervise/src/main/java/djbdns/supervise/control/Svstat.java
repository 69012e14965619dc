package djbdns.supervise.control;

import djbdns.runtime.ArgumentBytes;
import djbdns.runtime.CommandLine;
import djbdns.runtime.CommandLine.Arguments;
import djbdns.runtime.Program;
import djbdns.supervise.calls.PosixSystemCalls;
import djbdns.supervise.calls.SystemCalls;
import djbdns.supervise.tai.Tai64n;

/** The program svstat: prints the status of services (svstat.c). */
public final class Svstat {
  private static final String VERBOSE = "-v";
  private static final String JSON = "--json";

  private Svstat() {}

  public static void main(String[] args) {
    Program program = new Program("svstat");
    program.run(
        () -> program.print(report(program, new PosixSystemCalls(), ArgumentBytes.of(args))));
  }

  /** The text to print, a line or more for each service. */
  static CharSequence report(Program program, SystemCalls calls, String... args) {
    Arguments arguments =
        new CommandLine(program, "[ -v ] [ --json ] dir ...", "Says how services are.")
            .optionsAnywhere()
            .flag(VERBOSE, "Also when it became ready, and how it has ended before.")
            .flag(JSON, "One JSON object for each service, on a line.")
            .parse(args, 0, Integer.MAX_VALUE);
    StatusFormat format =
        arguments.has(JSON) ? new StatusJson() : new StatusText(arguments.has(VERBOSE));
    Tai64n now = Tai64n.of(calls.now());
    StringBuilder output = new StringBuilder();
    for (String directory : arguments.operands()) {
      ServiceReport report = ServiceReport.of(calls, directory);
      output.append(format.format(directory, report, now)).append('\n');
    }
    return output;
  }
}
