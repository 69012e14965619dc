package djbdns.tinydns;

import djbdns.posix.UserFile;
import djbdns.runtime.CommandLine;
import djbdns.runtime.Fatal;
import djbdns.runtime.LineReader;
import djbdns.runtime.NewFile;
import djbdns.runtime.Program;
import djbdns.tinydns.cdb.CdbWriter;
import djbdns.tinydns.zone.DataException;
import djbdns.tinydns.zone.ProblemSink;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.function.Function;

/**
 * The common part of tinydns-data, rbldns-data and pickdns-data: {@code data} to {@code data.tmp},
 * and when that is complete and on disk, {@code data.tmp} to {@code data.cdb} in one step. Until
 * then {@code data.cdb} stays as it is, whatever fails.
 */
final class DataCompilation {
  private static final Set<PosixFilePermission> MODE_0644 =
      PosixFilePermissions.fromString("rw-r--r--");

  private final Program program;
  private final Path data;
  private final Path temporary;
  private final Path database;

  /** Turns lines into records. */
  interface LineCompiler {
    /** Takes the next line, which may end with its newline. */
    void compile(byte[] bytes, int start, int end, long lineNumber)
        throws DataException, IOException;

    /** There are no more lines. */
    default void finish() throws IOException {}

    /** The database is complete, but nobody reads it yet. */
    default void examine(FileChannel complete) throws IOException {}
  }

  /** A run in a directory. */
  DataCompilation(Program program, Path directory) {
    this.program = program;
    data = directory.resolve("data");
    temporary = directory.resolve("data.tmp");
    database = directory.resolve("data.cdb");
  }

  /** Reads the command line of a compiler; true if it shall refuse data with problems. */
  static boolean isStrict(Program program, String[] args) {
    return new CommandLine(program, "[--strict]", "Compile ./data into ./data.cdb.")
        .flag("--strict", "Refuse lines that would only cause a warning.")
        .parse(args, 0, 0)
        .has("--strict");
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

  /**
   * Makes the database.
   *
   * @param language makes the compiler, given where its records go
   * @throws Fatal if it could not be made
   */
  void run(Function<CdbWriter, LineCompiler> language) {
    try (InputStream in = open()) {
      build(in, language);
    } catch (IOException e) {
      throw program.fatal("unable to read line", e);
    }
  }

  private InputStream open() {
    try {
      return UserFile.open(data);
    } catch (IOException e) {
      throw program.fatal("unable to open data", e);
    }
  }

  private void build(InputStream in, Function<CdbWriter, LineCompiler> language) {
    try {
      // 1.05 empties its own input here.
      NewFile.refuseOneFile(temporary, data, "the data file itself");
      try (NewFile file = NewFile.create(temporary, MODE_0644)) {
        CdbWriter writer = new CdbWriter(file.channel());
        LineCompiler compiler = language.apply(writer);
        compile(new LineReader(in), compiler);
        writer.finish();
        compiler.examine(file.channel());
        file.complete();
        publish(file);
      }
    } catch (IOException e) {
      throw program.fatal("unable to create data.tmp", e);
    }
  }

  private void compile(LineReader lines, LineCompiler compiler) throws IOException {
    try {
      while (next(lines)) {
        compiler.compile(lines.bytes(), lines.start(), lines.end(), lines.lineNumber());
      }
      compiler.finish();
    } catch (DataException e) {
      throw program.fatal(e.getMessage());
    }
  }

  private boolean next(LineReader lines) {
    try {
      return lines.next();
    } catch (IOException e) {
      throw program.fatal("unable to read line", e);
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
