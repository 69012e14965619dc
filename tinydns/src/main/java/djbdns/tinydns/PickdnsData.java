package djbdns.tinydns;

import djbdns.runtime.Program;
import djbdns.tinydns.cdb.RecordSink;
import djbdns.tinydns.pick.PickCompiler;
import djbdns.tinydns.zone.DataException;
import djbdns.tinydns.zone.ProblemSink;
import java.io.IOException;
import java.nio.file.Path;

/** {@code pickdns-data}: compiles {@code ./data} into {@code ./data.cdb}. */
public final class PickdnsData {
  private PickdnsData() {}

  public static void main(String[] args) {
    Program program = new Program("pickdns-data");
    program.run(() -> {
      boolean strict = DataCompilation.isStrict(program, args);
      build(program, DataCompilation.problemSink(program, strict), Path.of(""));
    });
  }

  /** Compiles the data in a directory. */
  static void build(Program program, ProblemSink problems, Path directory) {
    new DataCompilation(program, directory).run(records -> compiler(records, problems));
  }

  private static DataCompilation.LineCompiler compiler(RecordSink records, ProblemSink problems) {
    PickCompiler compiler = new PickCompiler(records, problems);
    return new DataCompilation.LineCompiler() {
      @Override
      public void compile(byte[] bytes, int start, int end, long lineNumber)
          throws DataException, IOException {
        compiler.compile(bytes, start, end, lineNumber);
      }

      @Override
      public void finish() throws IOException {
        compiler.finish();
      }
    };
  }
}
