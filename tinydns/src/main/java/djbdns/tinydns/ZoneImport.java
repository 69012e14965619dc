package djbdns.tinydns;

import djbdns.master.MasterException;
import djbdns.master.MasterReader;
import djbdns.master.Position;
import djbdns.master.ZoneIntake;
import djbdns.runtime.ErrorText;
import djbdns.runtime.Fatal;
import djbdns.runtime.NewFile;
import djbdns.runtime.Program;
import djbdns.tinydns.zone.LineWriter;
import djbdns.wire.Name;
import djbdns.wire.message.ResourceRecord;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One run of tinydns-import: a master file becomes data lines. Memory holds an entry, and some
 * bytes for every record and name; not the file.
 */
final class ZoneImport {
  private static final Set<PosixFilePermission> MODE_0644 =
      PosixFilePermissions.fromString("rw-r--r--");

  private static final int BUFFER_BYTES = 1 << 16;

  private final Program program;
  private final Name zone;
  private final String file;
  private final long seed;

  /**
   * A run for one zone.
   *
   * @param seed see {@link ZoneIntake}
   */
  ZoneImport(Program program, Name zone, String file, long seed) {
    this.program = program;
    this.zone = zone;
    this.file = file;
    this.seed = seed;
  }

  /**
   * Prints the lines as they come.
   *
   * @throws Fatal if the file cannot be read, makes no sense or is no zone
   */
  void print(OutputStream out) {
    try {
      convert(out, new DiskFiles(List.of()), program::warn);
    } catch (IOException e) {
      throw program.unableToWriteOutput(e);
    }
  }

  /**
   * Writes the lines to {@code temporary}, and when they are complete and on disk, moves them to
   * {@code target}, which stays as it is if anything fails.
   *
   * @throws Fatal as {@link #print}, and if the files cannot be written
   */
  void write(Path target, Path temporary) {
    Path source = Path.of(file);
    refuseOneFile(temporary, source, "the zone file itself");
    refuseOneFile(target, source, "the zone file itself");
    refuseOneFile(temporary, target, "the target as well");
    DiskFiles files = new DiskFiles(List.of(temporary, target));
    refuseIncluded(temporary, source, files);
    try (NewFile newFile = NewFile.create(temporary, MODE_0644)) {
      convert(Channels.newOutputStream(newFile.channel()), files, program::warn);
      newFile.complete();
      move(newFile, temporary, target);
    } catch (IOException e) {
      throw program.fatal("unable to write " + temporary, e);
    }
  }

  /**
   * Reads everything once before a file that is there is emptied: it may be one of those that are
   * included. What comes out of a pipe can be read once only.
   */
  private void refuseIncluded(Path temporary, Path source, DiskFiles files) {
    if (Files.exists(temporary) && Files.isRegularFile(source)) {
      try {
        convert(OutputStream.nullOutputStream(), files, _ -> {});
      } catch (IOException e) {
        throw program.fatal("unable to read " + file, e);
      }
    }
  }

  private void refuseOneFile(Path written, Path other, String what) {
    try {
      NewFile.refuseOneFile(written, other, what);
    } catch (IOException e) {
      throw program.fatal("unable to write " + written, e);
    }
  }

  private void move(NewFile newFile, Path temporary, Path target) {
    try {
      newFile.moveTo(target);
    } catch (IOException e) {
      throw program.fatal("unable to move " + temporary + " to " + target, e);
    }
    newFile.syncDirectory(program);
  }

  private void convert(OutputStream out, DiskFiles files, Consumer<String> warnings)
      throws IOException {
    OutputStream buffered = new BufferedOutputStream(out, BUFFER_BYTES);
    LineWriter lines = LineWriter.forEditors(buffered);
    List<String> errors = new ArrayList<>();
    ZoneIntake intake = new ZoneIntake(zone, seed, output(lines, warnings, errors));
    MasterReader reader = new MasterReader(files, zone, intake);
    try (InputStream in = open(files)) {
      reader.read(in, file);
    }
    if (reader.hasMoreErrors()) {
      errors.add("... and more");
    }
    // What is missing may be what could not be read.
    if (!reader.hasErrors()) {
      intake.faultAtEnd().ifPresent(what -> errors.add(file + ": " + what));
    }
    if (!errors.isEmpty()) {
      throw program.fatal(errors);
    }
    buffered.flush();
  }

  private static ZoneIntake.Output output(
      LineWriter lines, Consumer<String> warnings, List<String> errors) {
    return new ZoneIntake.Output() {
      @Override
      public void record(ResourceRecord record) throws IOException {
        // They would be lines of half a zone.
        if (errors.isEmpty()) {
          lines.write(record);
        }
      }

      @Override
      public void warn(Position position, String what) {
        warnings.accept(position + ": " + what);
      }

      @Override
      public void error(MasterException error) {
        errors.add(
            error
                .fileError()
                .map(cause -> error.getMessage() + ": " + ErrorText.of(cause))
                .orElse(error.getMessage()));
      }
    };
  }

  private InputStream open(DiskFiles files) {
    try {
      return files.open(file);
    } catch (IOException e) {
      throw program.fatal("unable to open " + file, e);
    }
  }
}
