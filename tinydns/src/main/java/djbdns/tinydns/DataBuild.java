package djbdns.tinydns;

import djbdns.runtime.Fatal;
import djbdns.runtime.LineReader;
import djbdns.runtime.NewFile;
import djbdns.runtime.Program;
import djbdns.tinydns.cdb.CdbWriter;
import djbdns.tinydns.zone.DataException;
import djbdns.tinydns.zone.DataLine;
import djbdns.tinydns.zone.LineParser;
import djbdns.tinydns.zone.ProblemSink;
import djbdns.tinydns.zone.ZoneCompiler;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * One run of tinydns-data: {@code data} to {@code data.tmp}, and when that is complete and on disk,
 * {@code data.tmp} to {@code data.cdb} in one step. Until then {@code data.cdb} stays as it is,
 * whatever fails. Memory holds a line, and 8 bytes for every record; not the file.
 */
final class DataBuild {
  private static final Set<PosixFilePermission> MODE_0644 =
      PosixFilePermissions.fromString("rw-r--r--");

  private final Program program;
  private final ProblemSink problems;
  private final Path data;
  private final Path temporary;
  private final Path database;

  /** A run in a directory; problems in the data go to the sink, which may end the run. */
  DataBuild(Program program, ProblemSink problems, Path directory) {
    this.program = program;
    this.problems = problems;
    data = directory.resolve("data");
    temporary = directory.resolve("data.tmp");
    database = directory.resolve("data.cdb");
  }

  /**
   * Makes the database.
   *
   * @throws Fatal if it could not be made
   */
  void run() {
    try (InputStream in = open()) {
      build(in, modifiedSeconds());
    } catch (IOException e) {
      throw program.fatal("unable to read line", e);
    }
  }

  private InputStream open() {
    try {
      return Files.newInputStream(data);
    } catch (IOException e) {
      throw program.fatal("unable to open data", e);
    }
  }

  private long modifiedSeconds() {
    try {
      return Files.getLastModifiedTime(data).toInstant().getEpochSecond();
    } catch (IOException e) {
      throw program.fatal("unable to stat data", e);
    }
  }

  private void build(InputStream in, long modifiedSeconds) {
    try (NewFile file = NewFile.create(temporary, MODE_0644)) {
      CdbWriter writer = new CdbWriter(file.channel());
      compile(new LineReader(in), new ZoneCompiler(writer, modifiedSeconds));
      writer.finish();
      file.complete();
      publish(file);
    } catch (IOException e) {
      throw program.fatal("unable to create data.tmp", e);
    }
  }

  private void compile(LineReader lines, ZoneCompiler compiler) throws IOException {
    LineParser parser = new LineParser(problems);
    while (next(lines)) {
      compiler.compile(parse(parser, lines));
    }
    compiler.finish();
  }

  private boolean next(LineReader lines) {
    try {
      return lines.next();
    } catch (IOException e) {
      throw program.fatal("unable to read line", e);
    }
  }

  private DataLine parse(LineParser parser, LineReader lines) {
    try {
      return parser.parse(lines.bytes(), lines.start(), lines.end(), lines.lineNumber());
    } catch (DataException e) {
      throw program.fatal(e.getMessage());
    }
  }

  private void publish(NewFile file) {
    try {
      file.moveTo(database);
    } catch (IOException e) {
      throw program.fatal("unable to move data.tmp to data.cdb", e);
    }
    file.syncDirectory(program);
  }
}
