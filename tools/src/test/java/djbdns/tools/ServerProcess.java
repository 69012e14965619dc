package djbdns.tools;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A server that a test has started: its log, and what proc(5) says of it. */
public final class ServerProcess implements AutoCloseable {
  private static final int START_TIMEOUT_MS = 20_000;
  private static final int POLL_MS = 20;
  private static final int STOP_TIMEOUT_SECONDS = 10;

  private final String name;
  private final Process process;
  private final Path log;

  private ServerProcess(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
  }

  /**
   * Starts a server, with nothing but the given environment and at the end of standard input.
   *
   * @param log gets standard output and standard error; in the server's working directory
   */
  static ServerProcess start(
      String name, List<String> command, Map<String, String> environment, Path log)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process =
        builder
            .directory(log.toAbsolutePath().getParent().toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .redirectInput(Path.of("/dev/null").toFile())
            .start();
    return new ServerProcess(name, process, log);
  }

  /** Asks again and again, until the condition holds; fails if the server ends before it does. */
  public void await(Condition condition) throws IOException, InterruptedException {
    for (int waitedMs = 0; waitedMs < START_TIMEOUT_MS; waitedMs += POLL_MS) {
      if (condition.holds()) {
        return;
      }
      if (process.waitFor(POLL_MS, TimeUnit.MILLISECONDS)) {
        throw new AssertionError(name + " has ended: " + Files.readString(log, ISO_8859_1));
      }
    }
    close();
    throw new AssertionError(name + " does not come up: " + Files.readString(log, ISO_8859_1));
  }

  /** Something to wait for. */
  public interface Condition {
    boolean holds() throws IOException, InterruptedException;
  }

  /** Returns when a line that starts so is in the log. */
  void awaitLogged(String start) throws IOException, InterruptedException {
    await(() -> logged(line -> line.startsWith(start)).isPresent());
  }

  long pid() {
    return process.pid();
  }

  /** Waits for its end, and returns its exit code. */
  int awaitEnd() throws InterruptedException {
    if (!process.waitFor(STOP_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError(name + " has not ended");
    }
    return process.exitValue();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** The lines logged so far; the last one may be part of a line. */
  List<String> log() throws IOException {
    return Files.readAllLines(log, ISO_8859_1);
  }

  /** The first line logged so far that is as asked. */
  Optional<String> logged(Predicate<String> asked) throws IOException {
    try (Stream<String> lines = Files.lines(log, ISO_8859_1)) {
      return lines.filter(asked).findFirst();
    }
  }

  /** Resident memory (proc(5), VmRSS). */
  long residentKib() throws IOException {
    Path status = Path.of("/proc/" + process.pid() + "/status");
    try (Stream<String> lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
          .findFirst()
          .orElseThrow(() -> new AssertionError(name + " has ended"));
    }
  }

  /** How many descriptors it has open now. */
  long openFiles() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("/proc/" + process.pid() + "/fd"))) {
      return files.count();
    }
  }

  /** Sends it a signal, by kill(1)'s name of it. */
  void signal(String signal) throws IOException, InterruptedException {
    String kill = "kill -" + signal + " " + process.pid();
    new ProcessBuilder("/bin/sh", "-c", kill).start().waitFor();
  }

  /** Ends the server, and returns when it has ended; at once if the thread is interrupted. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
