package djbdns.tinydns.rules;

import djbdns.runtime.CommandLine;
import djbdns.runtime.LineReader;
import djbdns.runtime.NewFile;
import djbdns.runtime.Program;
import djbdns.tinydns.cdb.CdbWriter;
import djbdns.wire.Excerpt;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;

/** {@code tcprules}: compiles rules from standard input into a database. */
public final class Tcprules {
  private final Program program;
  private final Path database;
  private final Path temporary;

  private Tcprules(Program program, Path database, Path temporary) {
    this.program = program;
    this.database = database;
    this.temporary = temporary;
  }

  public static void main(String[] args) {
    Program program = new Program("tcprules");
    program.run(() -> run(program, args, System.in));
  }

  /** Does the work of the command; as in ucspi-tcp 0.88, further operands are ignored. */
  static void run(Program program, String[] args, InputStream in) {
    List<String> operands =
        new CommandLine(program, "rules.cdb rules.tmp", "Compile rules for connections.")
            .parse(args, 2, Integer.MAX_VALUE)
            .operands();
    new Tcprules(program, Path.of(operands.get(0)), Path.of(operands.get(1))).build(in);
  }

  private void build(InputStream in) {
    try (NewFile file = create()) {
      CdbWriter writer = new CdbWriter(file.channel());
      compile(new LineReader(in), new RuleCompiler(writer));
      writer.finish();
      file.complete();
      publish(file);
    } catch (IOException e) {
      throw program.fatal("unable to write to " + temporary, e);
    }
  }

  private NewFile create() {
    try {
      NewFile.refuseOneFile(temporary, database, "the database itself");
      return NewFile.create(temporary);
    } catch (IOException e) {
      throw program.fatal("unable to create " + temporary, e);
    }
  }

  private void compile(LineReader lines, RuleCompiler compiler) throws IOException {
    while (next(lines)) {
      try {
        compiler
            .compile(lines.bytes(), lines.start(), lines.end())
            .ifPresent(problem -> warn(lines, problem));
      } catch (RuleException e) {
        warn(lines, e.getMessage());
        String line = RuleCompiler.text(lines.bytes(), lines.start(), lines.end());
        throw program.fatalUsage(
            "unable to parse this line: " + Excerpt.of(line.split("\0", 2)[0]));
      }
    }
  }

  /** A line of its own, so that the fatal one stays the original's. */
  private void warn(LineReader lines, String problem) {
    program.warn("line " + lines.lineNumber() + ": " + problem);
  }

  private boolean next(LineReader lines) {
    try {
      return lines.next();
    } catch (IOException e) {
      throw program.fatal("unable to read input", e);
    }
  }

  private void publish(NewFile file) {
    try {
      file.moveTo(database);
    } catch (IOException e) {
      throw program.fatal("unable to move " + temporary + " to " + database, e);
    }
    file.syncDirectory(program);
  }
}
