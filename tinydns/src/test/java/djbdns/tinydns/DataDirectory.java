package djbdns.tinydns;

import djbdns.runtime.Fatal;
import djbdns.runtime.Program;
import djbdns.tinydns.zone.ProblemSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A directory in which {@code data} is compiled, by whichever program. */
final class DataDirectory {
  /** What a run left behind. The database is in hexadecimal, for messages that can be read. */
  record Result(int exitCode, String fatalLine, Optional<String> database) {}

  private final Path path;

  DataDirectory(Path path) throws IOException {
    this.path = Files.createDirectories(path);
  }

  Path path() {
    return path;
  }

  void write(byte[] data, long modifiedSeconds) throws IOException {
    Files.write(path.resolve("data"), data);
    Files.setLastModifiedTime(
        path.resolve("data"), FileTime.from(modifiedSeconds, TimeUnit.SECONDS));
    Files.deleteIfExists(path.resolve("data.cdb"));
  }

  Result compileByOriginal() throws IOException, InterruptedException {
    return result(Original.run(path, "tinydns-data"));
  }

  Result compileByProcess() throws IOException, InterruptedException {
    return result(Original.runOurs(path, TinydnsData.class));
  }

  Result compile(ProblemSink problems) throws IOException {
    try {
      new DataBuild(new Program("tinydns-data"), problems, path, InstantSource.system()).run();
      return new Result(0, "", database());
    } catch (Fatal e) {
      return new Result(e.exitCode(), e.getMessage(), database());
    }
  }

  private Result result(Original.Outcome outcome) throws IOException {
    return new Result(outcome.exitCode(), outcome.fatalLine(), database());
  }

  private Optional<String> database() throws IOException {
    Path database = path.resolve("data.cdb");
    return Files.exists(database)
        ? Optional.of(HexFormat.of().formatHex(Files.readAllBytes(database)))
        : Optional.empty();
  }
}
