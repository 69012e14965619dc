package djbdns.tinydns;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs programs in a directory: those of djbdns 1.05, and ours as a process of its own. */
final class Original {
  private static final Path DIRECTORY = Path.of("/usr/sbin");

  /** How a program ended and what it wrote on standard error. */
  record Outcome(int exitCode, String stderr) {
    /** The line that says why it failed; empty if it did not. Warnings may precede it. */
    String fatalLine() {
      return exitCode == 0 ? "" : stderr.lines().reduce("", (_, last) -> last);
    }
  }

  private Original() {}

  /** Skips the test where the Debian package is not installed. */
  static void assumeInstalled(String program) {
    assumeTrue(
        Files.isExecutable(DIRECTORY.resolve(program)),
        () -> DIRECTORY.resolve(program) + " is missing: install the package tinydns");
  }

  /** Runs a program of 1.05. */
  static Outcome run(Path directory, String program, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(DIRECTORY.resolve(program).toString()));
    command.addAll(List.of(arguments));
    return run(directory, command);
  }

  /** Runs one of our mains in a new JVM. */
  static Outcome runOurs(Path directory, Class<?> main, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(ourCommand(main));
    command.addAll(List.of(arguments));
    return run(directory, command);
  }

  /** The command, without arguments, that runs one of our mains in a new JVM. */
  static List<String> ourCommand(Class<?> main) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "--enable-native-access=ALL-UNNAMED",
        "-cp",
        System.getProperty("java.class.path"),
        main.getName());
  }

  static Outcome run(Path directory, List<String> command)
      throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).directory(directory.toFile()).start();
    process.getOutputStream().close();
    String stderr =
        new String(process.getErrorStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    return new Outcome(process.waitFor(), stderr);
  }
}
