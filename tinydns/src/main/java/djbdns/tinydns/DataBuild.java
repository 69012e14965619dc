package djbdns.tinydns;

import djbdns.runtime.Fatal;
import djbdns.runtime.Program;
import djbdns.tinydns.cdb.CdbWriter;
import djbdns.tinydns.lint.Clients;
import djbdns.tinydns.lint.Finding;
import djbdns.tinydns.lint.Lint;
import djbdns.tinydns.lookup.Tai64;
import djbdns.tinydns.zone.DataException;
import djbdns.tinydns.zone.DataLine;
import djbdns.tinydns.zone.LineParser;
import djbdns.tinydns.zone.Problem;
import djbdns.tinydns.zone.ProblemSink;
import djbdns.tinydns.zone.ZoneCompiler;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One run of tinydns-data. Memory holds a line, 9 bytes for every record, and the records of names
 * that need a closer look; not the file.
 */
final class DataBuild {
  private final Program program;
  private final ProblemSink problems;
  private final Path directory;
  private final long nowTai64;

  /**
   * A run in a directory.
   *
   * @param problems takes problems in the data, and may end the run
   * @param clock tells which records have ended
   */
  DataBuild(Program program, ProblemSink problems, Path directory, InstantSource clock) {
    nowTai64 = Tai64.ofUnixMillis(clock.millis());
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
    new DataCompilation(program, directory).run(records -> new Compiler(records, false));
  }

  /** As {@link #run}, but also looks for servers of zones. Memory holds all records. */
  void runWithZones() {
    new DataCompilation(program, directory).run(records -> new Compiler(records, true));
  }

  private final class Compiler implements DataCompilation.LineCompiler {
    private final CdbWriter records;
    private final Clients clients = new Clients();
    private final Lint lint = new Lint(clients, nowTai64);
    private final boolean takesAll;
    private final Suspects suspects = new Suspects(new SplittableRandom().nextInt());
    private final LineParser parser = new LineParser(problems);
    private final ZoneCompiler compiler = new ZoneCompiler(this::add, modifiedSeconds());
    private long lineNumber;
    private boolean isOwnZone;

    /**
     * A compiler.
     *
     * @param takesAll whether to look at all records, and not only at those that look wrong
     */
    Compiler(CdbWriter records, boolean takesAll) {
      this.records = records;
      this.takesAll = takesAll;
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
        clients.add(keyLength, data);
        suspects.addLocation(lineNumber);
        return;
      }
      suspects.add(data, isOwnZone, lineNumber);
      if (takesAll) {
        lint.add(lineNumber, false, key, keyLength, data, dataLength);
      }
    }

    @Override
    public void finish() throws IOException {
      compiler.finish();
      suspects.choose(records);
    }

    @Override
    public void examine(FileChannel complete) throws IOException {
      List<Finding> faults = takesAll ? lint.faults() : suspects.faults(complete, lint);
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
