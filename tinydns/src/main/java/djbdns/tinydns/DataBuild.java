package djbdns.tinydns;

import djbdns.runtime.Fatal;
import djbdns.runtime.Program;
import djbdns.tinydns.cdb.RecordSink;
import djbdns.tinydns.zone.DataException;
import djbdns.tinydns.zone.LineParser;
import djbdns.tinydns.zone.ProblemSink;
import djbdns.tinydns.zone.ZoneCompiler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** One run of tinydns-data. Memory holds a line, and 8 bytes for every record; not the file. */
final class DataBuild {
  private final Program program;
  private final ProblemSink problems;
  private final Path directory;

  /** A run in a directory; problems in the data go to the sink, which may end the run. */
  DataBuild(Program program, ProblemSink problems, Path directory) {
    this.program = program;
    this.problems = problems;
    this.directory = directory;
  }

  /**
   * Makes the database.
   *
   * @throws Fatal if it could not be made
   */
  void run() {
    new DataCompilation(program, directory).run(this::compiler);
  }

  private DataCompilation.LineCompiler compiler(RecordSink records) {
    LineParser parser = new LineParser(problems);
    ZoneCompiler compiler = new ZoneCompiler(records, modifiedSeconds());
    return new DataCompilation.LineCompiler() {
      @Override
      public void compile(byte[] bytes, int start, int end, long lineNumber)
          throws DataException, IOException {
        compiler.compile(parser.parse(bytes, start, end, lineNumber));
      }

      @Override
      public void finish() throws IOException {
        compiler.finish();
      }
    };
  }

  private long modifiedSeconds() {
    try {
      return Files.getLastModifiedTime(directory.resolve("data")).toInstant().getEpochSecond();
    } catch (IOException e) {
      throw program.fatal("unable to stat data", e);
    }
  }
}
