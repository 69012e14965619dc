package djbdns.tools.howto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import djbdns.tools.Execution;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * A fresh machine in namespaces of its own (mounts, processes, network, host name): the programs of
 * this system, {@code /etc} without what the suite and the originals put there, nothing elsewhere.
 * The script {@code howto/machine.sh} makes it. Everything in it ends when it is closed, or when
 * the process that made it ends.
 */
final class Machine implements AutoCloseable {
  /** Where the originals are covered up, and those of the suite found. */
  private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  private static final Map<String, String> ENVIRONMENT =
      Map.of("PATH", PATH, "HOME", "/root", "USER", "root", "LC_ALL", "C");

  private static final List<String> NEEDED =
      List.of("/usr/bin/unshare", "/usr/bin/nsenter", "/usr/sbin/ip");

  private static final int RUN_TIMEOUT_SECONDS = 120;
  private static final long AWAIT_TIMEOUT_SECONDS = 100;
  private static final int POLL_MS = 50;

  private final String name;
  private final Process holder;
  private final Path resources;

  private Machine(String name, Process holder, Path resources) {
    this.name = name;
    this.holder = holder;
    this.resources = resources;
  }

  /** Skips the test where there can be no machines. */
  static void assumePossible() throws IOException, InterruptedException {
    assumeTrue(
        Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0),
        "only root can make a machine of namespaces");
    for (String program : NEEDED) {
      assumeTrue(Files.isExecutable(Path.of(program)), () -> program + " is not installed");
    }
    assumeTrue(
        Path.of(System.getProperty("java.home")).toRealPath().startsWith("/usr"),
        "Java is not below /usr, which is all that a machine of namespaces has");
    List<String> attempt = new ArrayList<>(unshare());
    attempt.addAll(List.of("mount", "-t", "tmpfs", "tmpfs", "/mnt"));
    Execution execution = Execution.of(Path.of("/"), ENVIRONMENT, attempt);
    assumeTrue(execution.exitCode() == 0, () -> "no namespaces here: " + execution.error());
  }

  private static List<String> unshare() {
    return List.of(
        "/usr/bin/unshare", "--mount", "--pid", "--net", "--uts", "--fork", "--kill-child");
  }

  /**
   * Makes a machine.
   *
   * @param directory where it keeps what it needs on this system; it is made
   * @param disks directories of this system that the machine shares with it
   */
  static Machine start(String name, Path directory, Disks disks) throws IOException {
    Files.createDirectory(directory);
    Path root = Files.createDirectory(directory.resolve("root"));
    Path script = copyResource("machine.sh", directory);
    List<String> command = new ArrayList<>(unshare());
    command.addAll(List.of("/bin/sh", script.toString(), name, root.toString()));
    command.addAll(List.of(disks.local().toString(), disks.shared().toString()));
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().clear();
    builder.environment().putAll(ENVIRONMENT);
    Path errors = directory.resolve("errors");
    Process holder = builder.redirectError(errors.toFile()).start();
    BufferedReader said = new BufferedReader(new InputStreamReader(holder.getInputStream(), UTF_8));
    String line = said.readLine();
    if (!"ready".equals(line)) {
      holder.destroyForcibly();
      throw new AssertionError(name + " does not come up: " + Files.readString(errors));
    }
    return new Machine(name, holder, directory);
  }

  /**
   * What machines share with this system.
   *
   * @param local what is to be seen below {@code /usr/local}
   * @param shared at {@code /srv/shared}
   */
  record Disks(Path local, Path shared) {}

  private static Path copyResource(String resource, Path directory) throws IOException {
    Path file = directory.resolve(resource);
    try (InputStream in = Machine.class.getResourceAsStream("/howto/" + resource)) {
      Files.copy(in, file);
    }
    return file;
  }

  /** Puts a file of the test's resources, {@code howto/}, into {@code /usr/local/sbin}. */
  void installScript(String resource, String program) throws IOException, InterruptedException {
    String text = Files.readString(copyResource(resource, resources));
    String path = "/usr/local/sbin/" + program;
    output("cat >" + path + " <<'END_OF_SCRIPT'\n" + text + "END_OF_SCRIPT\nchmod 755 " + path);
  }

  String name() {
    return name;
  }

  /** Its process 1, as this system knows it. */
  long pid() {
    return holder
        .children()
        .findFirst()
        .orElseThrow(() -> new AssertionError(name + " has ended"))
        .pid();
  }

  /** Runs a command as root, in the directory in which the last one ended. */
  Execution run(String command) throws IOException, InterruptedException {
    String script = "trap 'pwd >/run/directory' EXIT\ncd \"$(cat /run/directory)\"\n" + command;
    List<String> words = new ArrayList<>(List.of("/usr/bin/nsenter", "-t", Long.toString(pid())));
    words.addAll(List.of("--mount", "--pid", "--net", "--uts", "--root", "--wd"));
    words.addAll(List.of("/bin/sh", "-c", script));
    return Execution.of(Path.of("/"), ENVIRONMENT, words, RUN_TIMEOUT_SECONDS);
  }

  /** Runs a command that must succeed. */
  String output(String command) throws IOException, InterruptedException {
    Execution execution = run(command);
    assertEquals(
        0,
        execution.exitCode(),
        () -> name + ": " + command + "\n" + execution.output() + execution.error());
    return execution.output();
  }

  /** Runs a command again and again, until its output is as asked; returns that. */
  String await(String command, Predicate<String> asked) throws IOException, InterruptedException {
    long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(AWAIT_TIMEOUT_SECONDS);
    while (true) {
      Execution execution = run(command);
      if (asked.test(execution.output())) {
        return execution.output();
      }
      if (System.nanoTime() - deadlineNs > 0) {
        throw new AssertionError(
            "%s: %s\nhas only said: %s%s"
                .formatted(name, command, execution.output(), execution.error()));
      }
      Thread.sleep(POLL_MS);
    }
  }

  /** The same until a part of the output matches a regular expression. */
  String await(String command, String pattern) throws IOException, InterruptedException {
    Predicate<String> asked = java.util.regex.Pattern.compile(pattern).asPredicate();
    return await(command, asked);
  }

  @Override
  public void close() {
    holder.destroyForcibly();
    try {
      holder.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
