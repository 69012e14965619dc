package djbdns.tinydns;

import djbdns.runtime.ArgumentBytes;
import djbdns.runtime.CommandLine;
import djbdns.runtime.Program;
import djbdns.tinydns.lint.Finding;
import djbdns.tinydns.lookup.Tai64;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** {@code tinydns-lint}: finds what is probably wrong in a data file. */
public final class TinydnsLint {
  private static final int FOUND = 1;

  private TinydnsLint() {}

  public static void main(String[] args) {
    Program program = new Program("tinydns-lint");
    program.run(() ->
        run(program, args, ArgumentBytes.of(args), System.currentTimeMillis(), program::print));
  }

  /** Does the work of the command, for arguments in ASCII. */
  static void run(Program program, String[] args, long nowMillis, Consumer<String> out) {
    run(program, args, args, nowMillis, out);
  }

  /**
   * Ends silently with {@link #FOUND} if there are findings. The file is named in Java's
   * characters, and printed in the bytes of the command line.
   */
  private static void run(
      Program program, String[] args, String[] byteArgs, long nowMillis, Consumer<String> out) {
    CommandLine commandLine =
        new CommandLine(program, "[--compat] [file]", "Find what is probably wrong in ./data.")
            .refuseUnknownOptions()
            .flag("--compat", "Also names whose answers differ from those of djbdns 1.05.");
    CommandLine.Arguments arguments = commandLine.parse(args, 0, 1);
    String path = file(arguments);
    String file = file(commandLine.parse(byteArgs, 0, 1));
    List<Finding> findings =
        new DataLint(program, Tai64.ofUnixMillis(nowMillis))
            .findings(Path.of(path), arguments.has("--compat"));
    StringBuilder text = new StringBuilder();
    for (Finding finding : findings) {
      text.append(file).append(':').append(finding.line()).append(": ");
      text.append(finding.what()).append('\n');
    }
    out.accept(text.toString());
    if (!findings.isEmpty()) {
      throw program.silent(FOUND);
    }
  }

  private static String file(CommandLine.Arguments arguments) {
    return arguments.operands().isEmpty() ? "data" : arguments.operands().getFirst();
  }
}
