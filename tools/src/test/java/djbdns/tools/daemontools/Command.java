package djbdns.tools.daemontools;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import djbdns.tools.Suite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One of the two programs of a name: ours, or the original that Debian's daemontools has. */
record Command(Path program) {
  private static final int TIMEOUT_SECONDS = 120;
  private static final String JAVA_HOME = System.getProperty("java.home");

  static Command ours(String name) {
    return new Command(Suite.launcher(name));
  }

  /** The original; the test is skipped where it is not installed. */
  static Command original(String name) {
    Path program = Path.of("/usr/bin", name);
    assumeTrue(Files.isExecutable(program), "Debian package daemontools is not installed");
    return new Command(program);
  }

  /** What a program that has ended left behind, a character for each byte. */
  record Result(int exitCode, String output, String error) {}

  /** Runs it to its end. */
  Result run(Path directory, Path input, Map<String, String> environment, List<String> words)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile("subject", ".out");
    Path error = Files.createTempFile("subject", ".err");
    try {
      Process process =
          builder(directory, environment, words)
              .redirectInput(input.toFile())
              .redirectOutput(output.toFile())
              .redirectError(error.toFile())
              .start();
      int exitCode = await(process);
      return new Result(exitCode, read(output), read(error));
    } finally {
      Files.delete(output);
      Files.delete(error);
    }
  }

  /** Starts it; what it prints goes to a file. */
  Process start(Path directory, Path input, Path error, List<String> words) throws IOException {
    return builder(directory, Map.of(), words)
        .redirectInput(input.toFile())
        .redirectOutput(ProcessBuilder.Redirect.appendTo(error.toFile()))
        .redirectError(ProcessBuilder.Redirect.appendTo(error.toFile()))
        .start();
  }

  private ProcessBuilder builder(
      Path directory, Map<String, String> environment, List<String> words) {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(words);
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().clear();
    builder.environment().putAll(Map.of("PATH", "/usr/bin:/bin", "JAVA_HOME", JAVA_HOME));
    builder.environment().putAll(environment);
    return builder;
  }

  /** Waits for its end; its exit code. */
  static int await(Process process) throws InterruptedException {
    if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("has not ended in " + TIMEOUT_SECONDS + " seconds");
    }
    return process.exitValue();
  }

  /** The contents of a file, a character for each byte. */
  static String read(Path file) throws IOException {
    return Files.readString(file, ISO_8859_1);
  }
}
