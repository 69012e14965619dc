package djbdns.tinydns;

import djbdns.runtime.Fatal;
import djbdns.runtime.Program;
import djbdns.tinydns.cdb.CdbWriter;
import djbdns.tinydns.lint.Finding;
import djbdns.tinydns.lint.Lint;
import djbdns.tinydns.zone.DataException;
import djbdns.tinydns.zone.DataLine;
import djbdns.tinydns.zone.LineParser;
import djbdns.tinydns.zone.Problem;
import djbdns.tinydns.zone.ProblemSink;
import djbdns.tinydns.zone.ZoneCompiler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** One run of tinydns-data. Memory holds a line, and 9 bytes for every record; not the file. */
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
    new DataCompilation(program, directory).run(records -> new Compiler(records, Optional.empty()));
  }

  /** As {@link #run}, but also looks for servers of zones. Memory holds all records. */
  void runWithZones() {
    new DataCompilation(program, directory)
        .run(records -> new Compiler(records, Optional.of(new Lint())));
  }

  private final class Compiler implements DataCompilation.LineCompiler {
    private final CdbWriter records;
    private final Optional<Lint> lint;
    private final Suspects suspects = new Suspects(new SplittableRandom().nextInt());
    private final LineParser parser = new LineParser(problems);
    private final ZoneCompiler compiler = new ZoneCompiler(this::add, modifiedSeconds());
    private long lineNumber;
    private boolean isOwnZone;

    Compiler(CdbWriter records, Optional<Lint> lint) {
      this.records = records;
      this.lint = lint;
    }

    @Override
    public void compile(byte[] bytes, int start, int end, long number)
        throws DataException, IOException {
      lineNumber = number;
      DataLine line = parser.parse(bytes, start, end, number);
      isOwnZone = line instanceof DataLine.OwnZone;
      compiler.compile(line);
    }

    private void add(byte[] key, int keyLength, byte[] data, int dataLength) throws IOException {
      records.add(key, keyLength, data, dataLength);
      if (ZoneCompiler.isLocation(key, keyLength)) {
        suspects.addLocation(lineNumber);
        return;
      }
      suspects.add(((data[0] & 0xff) << 8) | (data[1] & 0xff), isOwnZone, lineNumber);
      if (lint.isPresent()) {
        lint.get().add(lineNumber, false, key, keyLength, data, dataLength);
      }
    }

    @Override
    public void finish() throws IOException {
      compiler.finish();
      suspects.choose(records);
    }

    @Override
    public void examine(Path complete) throws IOException {
      List<Finding> faults = lint.isPresent() ? lint.get().faults() : suspects.faults(complete);
      for (Finding fault : faults) {
        problems.report(new Problem(fault.line(), fault.what()));
      }
    }
  }

  private long modifiedSeconds() {
    try {
      return Files.getLastModifiedTime(directory.resolve("data")).toInstant().getEpochSecond();
    } catch (IOException e) {
      throw program.fatal("unable to stat data", e);
    }
  }
}
