package djbdns.tinydns;

import djbdns.runtime.Program;
import djbdns.tinydns.rbl.RblCompiler;
import djbdns.tinydns.zone.ProblemSink;
import java.nio.file.Path;

/** {@code rbldns-data}: compiles {@code ./data} into {@code ./data.cdb}. */
public final class RbldnsData {
  private RbldnsData() {}

  public static void main(String[] args) {
    Program program = new Program("rbldns-data");
    program.run(() -> {
      boolean strict = DataCompilation.isStrict(program, args);
      build(program, DataCompilation.problemSink(program, strict), Path.of(""));
    });
  }

  /** Compiles the data in a directory. */
  static void build(Program program, ProblemSink problems, Path directory) {
    new DataCompilation(program, directory)
        .run(records -> new RblCompiler(records, problems)::compile);
  }
}
