package djbdns.tinydns;

import djbdns.runtime.Program;
import djbdns.tinydns.zone.ProblemSink;
import djbdns.wire.AddressText;
import djbdns.wire.MalformedTextException;
import djbdns.wire.Name;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A master file through tinydns-import, tinydns-data and tinydns-export. */
final class ZoneCircle {
  private static final long SEED = 1;
  private static final long NOW_TAI64 = 1L << 62;

  private final Path directory;

  /** Works in a directory of its own. */
  ZoneCircle(Path directory) {
    this.directory = directory;
  }

  /** The data file of a zone. */
  byte[] importZone(String zone, Path file) throws MalformedTextException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new ZoneImport(new Program("tinydns-import"), Name.parse(zone), file.toString(), SEED)
        .print(out);
    return out.toByteArray();
  }

  /** Compiles a data file, of which no line may cause a warning. */
  void compile(byte[] data) throws IOException {
    Files.write(directory.resolve("data"), data);
    ProblemSink none =
        problem -> {
          throw new AssertionError(problem.toString());
        };
    new DataBuild(new Program("tinydns-data"), none, directory).run();
  }

  void exportZone(String zone, OutputStream out) throws MalformedTextException {
    new ZoneExport(
            new Program("tinydns-export"),
            directory.resolve("data.cdb"),
            AddressText.parse("0.0.0.0").orElseThrow(),
            NOW_TAI64,
            SEED)
        .printZone(Name.parse(zone), out);
  }

  /** The master file that comes back. */
  Path go(String zone, Path file) throws IOException, MalformedTextException {
    compile(importZone(zone, file));
    Path exported = directory.resolve("exported");
    try (OutputStream out = Files.newOutputStream(exported)) {
      exportZone(zone, out);
    }
    return exported;
  }
}
