package djbdns.tools;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What a program that has ended left behind.
 *
 * @param output standard output, lines ended by LF
 * @param error standard error, the same
 */
public record Execution(int exitCode, String output, String error) {
  private static final int TIMEOUT_SECONDS = 30;

  /** Runs a program to its end in a directory, with nothing but the given environment. */
  public static Execution of(Path directory, Map<String, String> environment, List<String> command)
      throws IOException, InterruptedException {
    return of(directory, environment, command, TIMEOUT_SECONDS);
  }

  /** The same for a program that may take longer than others. */
  public static Execution of(
      Path directory, Map<String, String> environment, List<String> command, int timeoutSeconds)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile("execution", ".out");
    Path error = Files.createTempFile("execution", ".err");
    try {
      ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
      builder.environment().clear();
      builder.environment().putAll(environment);
      Process process =
          builder
              .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
              .redirectOutput(output.toFile())
              .redirectError(error.toFile())
              .start();
      if (!process.waitFor(timeoutSeconds, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(command + " has not ended in " + timeoutSeconds + " seconds");
      }
      return new Execution(
          process.exitValue(), Files.readString(output, UTF_8), Files.readString(error, UTF_8));
    } finally {
      Files.delete(output);
      Files.delete(error);
    }
  }
}
