package djbdns.tinydns.rules;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs programs of ucspi-tcp 0.88, and ours as processes of their own. */
final class Ucspi {
  private static final Path DIRECTORY = Path.of("/usr/bin");

  /** How a program ended and what it wrote; text has a character for each byte. */
  record Outcome(int exitCode, String stdout, String stderr) {
    /** The last line of standard error; warnings may precede it. */
    String lastWords() {
      String text = stderr.isEmpty() ? "" : stderr.substring(0, stderr.length() - 1);
      return text.substring(text.lastIndexOf('\n') + 1);
    }
  }

  private Ucspi() {}

  /** Skips the test where the Debian package is not installed. */
  static void assumeInstalled(String program) {
    assumeTrue(
        Files.isExecutable(DIRECTORY.resolve(program)),
        () -> DIRECTORY.resolve(program) + " is missing: install the package ucspi-tcp");
  }

  /** The command of an original. */
  static List<String> original(String program, String... arguments) {
    List<String> command = new ArrayList<>(List.of(DIRECTORY.resolve(program).toString()));
    command.addAll(List.of(arguments));
    return command;
  }

  /** The command of ours. */
  static List<String> ours(Class<?> main, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-Dstdout.encoding=ISO-8859-1", "-Dstderr.encoding=ISO-8859-1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    return command;
  }

  static Outcome run(
      Path directory, List<String> command, Map<String, String> environment, byte[] stdin)
      throws IOException, InterruptedException {
    Path input = directory.resolve("stdin");
    Files.write(input, stdin);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectInput(input.toFile())
            .redirectError(directory.resolve("stderr").toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    String stdout =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    int exitCode = process.waitFor();
    String stderr = Files.readString(directory.resolve("stderr"), StandardCharsets.ISO_8859_1);
    return new Outcome(exitCode, stdout, stderr);
  }
}
