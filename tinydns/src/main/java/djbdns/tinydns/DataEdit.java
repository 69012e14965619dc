package djbdns.tinydns;

import djbdns.posix.UserFile;
import djbdns.runtime.Fatal;
import djbdns.runtime.LineReader;
import djbdns.runtime.NewFile;
import djbdns.runtime.Program;
import djbdns.tinydns.zone.Address;
import djbdns.tinydns.zone.DataException;
import djbdns.tinydns.zone.NewRecord;
import djbdns.wire.Name;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * One run of tinydns-edit: a copy of the data file with one line more takes its place. The data
 * file stays as it is when anything fails.
 */
final class DataEdit {
  private static final Set<PosixFilePermission> MODE_0644 =
      PosixFilePermissions.fromString("rw-r--r--");

  private final Program program;
  private final Path data;
  private final Path copy;

  DataEdit(Program program, Path data, Path copy) {
    this.program = program;
    this.data = data;
    this.copy = copy;
  }

  /**
   * Adds a record.
   *
   * @throws Fatal if it could not be added
   */
  void add(NewRecord.Kind kind, Name domain, Address address) {
    Set<PosixFilePermission> mode = mode();
    try {
      // 1.05 empties its own input here.
      NewFile.refuseOneFile(copy, data, "the data file itself");
      // Opened when nobody else can replace it any more, by way of the same copy.
      try (NewFile file = NewFile.create(copy, mode);
          InputStream in = open()) {
        LineReader lines = new LineReader(in);
        OutputStream out = new BufferedOutputStream(Channels.newOutputStream(file.channel()));
        NewRecord record = NewRecord.of(kind, domain, address);
        copy(lines, out, record);
        out.write(record.line().getBytes(StandardCharsets.US_ASCII));
        out.flush();
        file.complete();
        replace(file);
        record.warning().ifPresent(program::warn);
      }
    } catch (NewRecord.RefusedException e) {
      throw program.fatalUsage(e.getMessage());
    } catch (DataException _) {
      throw TinydnsEdit.outOfMemory(program);
    } catch (IOException e) {
      throw unableToWrite(e);
    }
  }

  private Set<PosixFilePermission> mode() {
    try (InputStream _ = open()) {
      Set<PosixFilePermission> mode = Files.getPosixFilePermissions(data);
      mode.retainAll(MODE_0644);
      return mode;
    } catch (IOException e) {
      throw unableToRead(e);
    }
  }

  private InputStream open() {
    try {
      return UserFile.open(data);
    } catch (IOException e) {
      throw unableToRead(e);
    }
  }

  private void copy(LineReader lines, OutputStream out, NewRecord record)
      throws IOException, DataException, NewRecord.RefusedException {
    while (next(lines)) {
      out.write(lines.bytes(), lines.start(), lines.end() - lines.start());
      if (!lines.hasNewline()) {
        out.write('\n');
      }
      record.examine(lines.bytes(), lines.start(), lines.end());
    }
  }

  private boolean next(LineReader lines) {
    try {
      return lines.next();
    } catch (IOException e) {
      throw unableToRead(e);
    }
  }

  private void replace(NewFile file) {
    try {
      file.moveTo(data);
    } catch (IOException e) {
      throw program.fatal("unable to move " + copy + " to " + data, e);
    }
    file.syncDirectory(program);
  }

  private Fatal unableToRead(IOException e) {
    return unableTo("read " + data, e);
  }

  private Fatal unableToWrite(IOException e) {
    return unableTo("write " + copy, e);
  }

  /** 1.05 names itself twice and takes a file it cannot use for a wrong command line. */
  private Fatal unableTo(String what, IOException e) {
    return program.fatalUsage(program.fatal("unable to " + what, e).getMessage());
  }
}
