package djbdns.tinydns;

import djbdns.runtime.CommandLine;
import djbdns.runtime.Program;
import djbdns.tinydns.zone.ProblemSink;
import java.nio.file.Path;

/** {@code tinydns-data}: compiles {@code ./data} into {@code ./data.cdb}. */
public final class TinydnsData {
  private TinydnsData() {}

  public static void main(String[] args) {
    Program program = new Program("tinydns-data");
    program.run(() -> {
      boolean strict =
          new CommandLine(program, "[--strict]", "Compile ./data into ./data.cdb.")
              .flag("--strict", "Refuse lines that would only cause a warning.")
              .parse(args, 0, 0)
              .has("--strict");
      new DataBuild(program, problemSink(program, strict), Path.of("")).run();
    });
  }

  /** Warns of problems, or ends the program at the first one. */
  static ProblemSink problemSink(Program program, boolean strict) {
    return problem -> {
      if (strict) {
        throw program.fatal(problem.toString());
      }
      program.warn(problem.toString());
    };
  }
}
