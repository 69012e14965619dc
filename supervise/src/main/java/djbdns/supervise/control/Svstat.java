package djbdns.supervise.control;

import djbdns.posix.Descriptors;
import djbdns.posix.FileSystem;
import djbdns.posix.PosixException;
import djbdns.runtime.ArgumentBytes;
import djbdns.runtime.CommandLine;
import djbdns.runtime.CommandLine.Arguments;
import djbdns.runtime.Program;
import djbdns.supervise.tai.Tai64n;
import java.time.Instant;

/** The program svstat: says how services are (svstat.c). */
public final class Svstat {
  private static final String VERBOSE = "-v";
  private static final String JSON = "--json";

  private Svstat() {}

  public static void main(String[] args) {
    Program program = new Program("svstat");
    program.run(() -> print(program, ArgumentBytes.of(args)));
  }

  private static void print(Program program, String[] args) throws PosixException {
    Arguments arguments =
        new CommandLine(program, "[ -v ] [ --json ] dir ...", "Says how services are.")
            .optionsAnywhere()
            .flag(VERBOSE, "Also when it became ready, and how it has ended before.")
            .flag(JSON, "One JSON object for each service, on a line.")
            .parse(args, 0, Integer.MAX_VALUE);
    StatusFormat format =
        arguments.has(JSON) ? new StatusJson() : new StatusText(arguments.has(VERBOSE));
    Tai64n now = Tai64n.of(Instant.now());
    FileSystem files = new FileSystem();
    Descriptors descriptors = new Descriptors();
    StringBuilder output = new StringBuilder();
    for (String directory : arguments.operands()) {
      ServiceReport report = ServiceReport.of(files, descriptors, directory);
      output.append(format.format(directory, report, now)).append('\n');
    }
    program.print(output);
  }
}
