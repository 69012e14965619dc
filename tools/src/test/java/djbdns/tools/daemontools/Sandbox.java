package djbdns.tools.daemontools;

import djbdns.tools.Execution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A directory for one test, and every process that comes of it: each inherits a mark, by which it
 * is found and killed in the end, whoever its parent is by then.
 */
final class Sandbox {
  private static final String MARK = "DAEMONTOOLS_TEST";

  private final Path directory;
  private final Map<String, String> environment;
  private final List<Daemon> daemons = new ArrayList<>();

  Sandbox(Path directory) {
    this.directory = directory;
    String java = Path.of(System.getProperty("java.home"), "bin/java").toString();
    environment =
        Map.of("PATH", "/usr/bin:/bin", "DJBDNS_JAVA", java, MARK, UUID.randomUUID().toString());
  }

  Path directory() {
    return directory;
  }

  /** What its programs find in their environment, and nothing else. */
  Map<String, String> environment() {
    return environment;
  }

  /** A service directory, made if it is not there. */
  Service service(String name) throws IOException {
    return new Service(Files.createDirectories(directory.resolve(name)));
  }

  /** Runs a program to its end. */
  Execution run(Subject subject, String name, String... words) throws Exception {
    return run(command(subject, name, words));
  }

  /** Runs any command to its end. */
  Execution run(List<String> command) throws Exception {
    return Execution.of(directory, environment, command, 60);
  }

  /** Starts a program. */
  Daemon start(Subject subject, String name, String... words) throws IOException {
    return start(command(subject, name, words));
  }

  /** Starts any command, with its output in a file of its own. */
  Daemon start(List<String> command) throws IOException {
    Path output = directory.resolve(".output" + daemons.size());
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process =
        builder
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    daemons.add(new Daemon(process, output));
    return daemons.getLast();
  }

  static List<String> command(Subject subject, String name, String... words) {
    List<String> command = new ArrayList<>(List.of(subject.command(name).toString()));
    command.addAll(List.of(words));
    return command;
  }

  /** What is left of it in the system. */
  List<Long> processes() throws IOException {
    return Processes.withEnvironment(MARK + "=" + environment.get(MARK));
  }

  /** Ends everything. */
  void end() throws Exception {
    Await.until(
        "the end of every process of " + directory,
        () -> {
          List<Long> left = processes();
          left.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
          return left.isEmpty();
        });
    for (Daemon daemon : daemons) {
      daemon.exitCode();
    }
  }
}
