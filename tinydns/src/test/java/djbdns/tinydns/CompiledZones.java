package djbdns.tinydns;

import djbdns.runtime.Program;
import djbdns.tinydns.lookup.ZoneData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.InstantSource;

/** Data files, compiled and loaded. */
final class CompiledZones {
  private CompiledZones() {}

  /** Compiles lines in a directory, which holds {@code data} and {@code data.cdb} afterwards. */
  static ZoneData of(Path directory, String... lines) throws IOException {
    Path file = directory.resolve("data");
    Files.writeString(file, String.join("\n", lines) + "\n");
    // Gives SOA records without a serial number of their own the same one every time.
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000));
    new DataBuild(new Program("tinydns-data"), problem -> {}, directory, InstantSource.system())
        .run();
    return ZoneData.load(directory.resolve("data.cdb"), 42);
  }
}
