package djbdns.tinydns;

import djbdns.runtime.CommandLine;
import djbdns.runtime.Program;
import djbdns.tinydns.lint.Finding;
import djbdns.tinydns.lookup.Tai64;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/** {@code tinydns-lint}: finds what is probably wrong in a data file. */
public final class TinydnsLint {
  private static final int FOUND = 1;

  private TinydnsLint() {}

  public static void main(String[] args) {
    Program program = new Program("tinydns-lint");
    program.run(() -> run(program, args, System.currentTimeMillis(), System.out));
  }

  /** Does the work of the command; ends silently with {@link #FOUND} if there are findings. */
  static void run(Program program, String[] args, long nowMillis, PrintStream out) {
    CommandLine.Arguments arguments =
        new CommandLine(program, "[--compat] [file]", "Find what is probably wrong in ./data.")
            .refuseUnknownOptions()
            .flag("--compat", "Also names whose answers differ from those of djbdns 1.05.")
            .parse(args, 0, 1);
    String file = arguments.operands().isEmpty() ? "data" : arguments.operands().getFirst();
    List<Finding> findings =
        new DataLint(program, Tai64.ofUnixMillis(nowMillis))
            .findings(Path.of(file), arguments.has("--compat"));
    StringBuilder text = new StringBuilder();
    for (Finding finding : findings) {
      text.append(file).append(':').append(finding.line()).append(": ");
      text.append(finding.what()).append('\n');
    }
    out.print(text);
    out.flush();
    if (!findings.isEmpty()) {
      throw program.silent(FOUND);
    }
  }
}
