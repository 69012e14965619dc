package djbdns.tools.hostile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The process under attack, started again as its supervisor would whenever it has ended. */
final class Resolver {
  private final Subject subject;
  private final Path directory;
  private final Path suite;
  private final int port;
  private final LogWatch log = new LogWatch();
  private final List<Path> gcLogs = new ArrayList<>();
  private final List<String> deaths = new ArrayList<>();
  private Process process;
  private Instant started;

  private Resolver(Subject subject, Path directory, Path suite, int port) throws IOException {
    this.subject = subject;
    this.directory = directory;
    this.suite = suite;
    this.port = port;
    process = launch();
    started = Instant.now();
  }

  static Resolver start(Subject subject, Path directory, Path suite, int port) throws IOException {
    return new Resolver(subject, directory, suite, port);
  }

  private Process launch() throws IOException {
    Path own = Files.createDirectory(directory.resolve("run" + gcLogs.size()));
    Files.setPosixFilePermissions(own, PosixFilePermissions.fromString("rwxr-xr-x"));
    Subject.Start start = subject.prepare(own, suite, port);
    ProcessBuilder builder = new ProcessBuilder(start.command());
    builder.environment().clear();
    builder.environment().putAll(start.environment());
    Process launched =
        builder
            .directory(own.toFile())
            .redirectErrorStream(true)
            .redirectInput(Path.of("/dev/null").toFile())
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(launched::destroyForcibly));
    Thread.ofPlatform().daemon().name("log").start(() -> log.read(launched.getInputStream()));
    gcLogs.add(start.gcLog());
    return launched;
  }

  /** Starts it again if it has ended. */
  void keepAlive() throws IOException {
    if (!process.isAlive()) {
      long seconds = Duration.between(started, Instant.now()).toSeconds();
      deaths.add("exit code " + process.exitValue() + " after " + seconds + " s");
      process = launch();
      started = Instant.now();
    }
  }

  /** Ends it and starts it again, with an empty cache; that is no death. */
  void startAfresh() throws IOException, InterruptedException {
    keepAlive();
    stop();
    process = launch();
    started = Instant.now();
  }

  /** How and when it has ended by itself, each time. */
  List<String> deaths() {
    return List.copyOf(deaths);
  }

  /** What it has logged besides its usual lines; those of peers are all unusual. */
  List<String> unusualLines() {
    return log.unusual();
  }

  GcLog gcLog() throws IOException {
    return GcLog.read(gcLogs);
  }

  /** Resident memory (proc(5), VmRSS); 0 if it has just ended. */
  long residentKib() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
          .findFirst()
          .orElse(0);
    } catch (IOException | UncheckedIOException e) {
      return 0;
    }
  }

  /** Processor time it has used since it was started, in ms; 0 if it has just ended. */
  long cpuMs() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO).toMillis();
  }

  /** How many descriptors it has open now; 0 if it has just ended. */
  long openFiles() {
    try (Stream<Path> files = Files.list(Path.of("/proc/" + process.pid() + "/fd"))) {
      return files.count();
    } catch (IOException e) {
      return 0;
    }
  }

  /** Ends it. */
  void stop() throws InterruptedException {
    process.destroy();
    process.waitFor();
  }
}
