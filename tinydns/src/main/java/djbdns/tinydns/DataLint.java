package djbdns.tinydns;

import djbdns.posix.UserFile;
import djbdns.runtime.LineReader;
import djbdns.runtime.Program;
import djbdns.tinydns.lint.Clients;
import djbdns.tinydns.lint.Finding;
import djbdns.tinydns.lint.Lint;
import djbdns.tinydns.zone.DataException;
import djbdns.tinydns.zone.DataLine;
import djbdns.tinydns.zone.LineParser;
import djbdns.tinydns.zone.ZoneCompiler;
import djbdns.wire.RecordType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;

/** One run of tinydns-lint over a data file. Memory holds all of its records. */
final class DataLint {
  /** The serial numbers it chooses are nobody's. */
  private static final long MODIFIED_SECONDS = 0xffffffffL;

  private final Program program;
  private final Clients clients = new Clients();
  private final Lint lint;
  private long lineNumber;
  private DataLine line = new DataLine.Blank();

  /**
   * A run.
   *
   * @param nowTai64 the time as a TAI64 label
   */
  DataLint(Program program, long nowTai64) {
    this.program = program;
    lint = new Lint(clients, nowTai64);
  }

  /** The findings about a file; see {@link Lint#findings}. */
  List<Finding> findings(Path file, boolean compat) {
    try (InputStream in = open(file)) {
      read(new LineReader(in));
    } catch (IOException e) {
      throw program.fatal("unable to read " + file, e);
    }
    return lint.findings(compat);
  }

  private InputStream open(Path file) {
    try {
      return UserFile.open(file);
    } catch (IOException e) {
      throw program.fatal("unable to open " + file, e);
    }
  }

  private void read(LineReader lines) throws IOException {
    LineParser parser =
        new LineParser(problem -> lint.add(new Finding(problem.lineNumber(), problem.text())));
    ZoneCompiler compiler = new ZoneCompiler(this::addRecord, MODIFIED_SECONDS);
    while (lines.next()) {
      lineNumber = lines.lineNumber();
      try {
        line = parser.parse(lines.bytes(), lines.start(), lines.end(), lineNumber);
        compiler.compile(line);
      } catch (DataException e) {
        lint.add(new Finding(lineNumber, "tinydns-data refuses it: " + e.getMessage()));
      }
    }
    compiler.finish();
  }

  private void addRecord(byte[] key, int keyLength, byte[] data, int dataLength) {
    if (ZoneCompiler.isLocation(key, keyLength)) {
      clients.add(keyLength, data);
      return;
    }
    lint.add(lineNumber, isImplied(Lint.typeOf(data)), key, keyLength, data, dataLength);
  }

  /** True if a record of the line is not what the line is about. */
  private boolean isImplied(int type) {
    boolean isAddress = type == RecordType.A.code() || type == RecordType.AAAA.code();
    return switch (line) {
      case DataLine.Host _ -> type == RecordType.PTR.code();
      case DataLine.OwnZone _,
          DataLine.Delegation _,
          DataLine.MailExchanger _,
          DataLine.Service _ ->
          isAddress;
      default -> false;
    };
  }
}
