package djbdns.tools.daemontools;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What multilog does about signals, errors and what others have left, beside the original. */
final class MultilogIT {
  private static final int TIMEOUT_SECONDS = 60;

  @TempDir private Path temporary;

  /** Makes a directory as both find it. */
  @FunctionalInterface
  private interface Preparation {
    void prepare(Path directory) throws Exception;
  }

  /** Asserts that both leave the same files, messages and exit code; returns ours. */
  private Command.Result assertSame(Preparation preparation, String input, String... script)
      throws Exception {
    Path file = Files.writeString(temporary.resolve("input"), input, ISO_8859_1);
    Path original = Files.createTempDirectory(temporary, "original");
    Path ours = Files.createTempDirectory(temporary, "ours");
    preparation.prepare(original);
    preparation.prepare(ours);
    List<String> words = List.of(script);
    Command.Result expected = Command.original("multilog").run(original, file, Map.of(), words);
    Command.Result actual = Command.ours("multilog").run(ours, file, Map.of(), words);
    assertEquals(expected, actual);
    assertEquals(LogTree.describe(original), LogTree.describe(ours));
    return actual;
  }

  private static void assertFatal(String message, Command.Result result) {
    assertEquals("multilog: fatal: " + message + "\n", result.error());
    assertEquals(111, result.exitCode());
  }

  private static void write(Path directory, String name, String mode, String text)
      throws IOException {
    Path file = directory.resolve("main").resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }

  @Test
  void shouldComplainAsTheOriginal() throws Exception {
    assertFatal(
        "unable to create none/status: file does not exist",
        assertSame(_ -> {}, "a\n", "=none/status", "./main"));
    assertFatal(
        "unable to create main: is a directory",
        assertSame(directory -> Files.createDirectory(directory.resolve("main")), "", "=main"));
    assertFatal(
        "unable to open directory ./file: not a directory",
        assertSame(directory -> Files.createFile(directory.resolve("file")), "a\n", "./file"));
    assertFatal(
        "unable to open directory ./a/b: file does not exist",
        assertSame(_ -> {}, "a\n", "./first", "./a/b"));
    assertFatal(
        "unable to lock directory ./main: temporary failure",
        assertSame(_ -> {}, "a\n", "./main", "./main"));
    assertFatal(
        "unable to lock directory ./main: is a directory",
        assertSame(
            directory -> Files.createDirectories(directory.resolve("main/lock")), "", "./main"));
    assertFatal(
        "unable to append to ./main/current: is a directory",
        assertSame(
            directory -> Files.createDirectories(directory.resolve("main/current")), "", "./main"));
  }

  @Test
  void shouldDoNothingForAnEmptyScript() throws Exception {
    assertSame(_ -> {}, "a\nb\n");
    assertSame(_ -> {}, "", "t", "./main");
    assertSame(_ -> {}, "\n", "./main");
  }

  @Test
  void shouldRecoverAsTheOriginal() throws Exception {
    String safe = "rwxr--r--";
    String open = "rw-r--r--";
    assertSame(directory -> write(directory, "current", safe, "old\n"), "new\n", "./main");
    assertSame(directory -> write(directory, "current", open, "old\n"), "new\n", "./main");
    assertSame(directory -> write(directory, "current", open, ""), "new\n", "./main");
    assertSame(
        directory -> write(directory, "current", safe, "x".repeat(5000) + "\n"),
        "new\n".repeat(3000),
        "s4096",
        "./main");
    assertSame(
        directory -> write(directory, "current", safe, "x".repeat(4090)),
        "new\n".repeat(3000),
        "t",
        "s4096",
        "./main");
    assertSame(
        directory -> {
          write(directory, "previous", safe, "previous\n");
          write(directory, "processed", open, "half");
          write(directory, "newstate", open, "half");
          write(directory, "state", open, "state");
        },
        "new\n",
        "!cat",
        "./main");
    assertSame(
        directory -> {
          write(directory, "previous", safe, "previous\n");
          write(directory, "processed", safe, "done\n");
          write(directory, "current", open, "current\n");
        },
        "new\n",
        "./main");
    assertSame(
        directory -> {
          write(directory, "previous", safe, "previous\n");
          Path link = directory.resolve("main/@400000003b4a39c23294b13c.s");
          Files.createLink(link, directory.resolve("main/previous"));
          for (int i = 0; i < 5; i++) {
            write(directory, "@400000003b4a39c23294b14" + i + ".u", safe, "old " + i + "\n");
          }
        },
        "new\n",
        "n3",
        "./main");
  }

  @Test
  void shouldTryAFailingProcessorAgain() throws Exception {
    String script = "!test -f ../tried || { touch ../tried; exit 3; }; cat";
    Command.Result result = assertSame(_ -> {}, "line\n".repeat(900), "s4096", script, "./main");
    assertEquals("multilog: warning: processor failed in ./main, pausing\n", result.error());
  }

  @Test
  void shouldPrintHelpButNotForPatterns() throws Exception {
    Path empty = Files.createFile(temporary.resolve("empty"));
    Command ours = Command.ours("multilog");
    assertTrue(
        ours.run(temporary, empty, Map.of(), List.of("--help")).output().contains("multilog"));
    assertTrue(
        ours.run(temporary, empty, Map.of(), List.of("--version")).output().contains("multilog"));
    assertEquals(
        new Command.Result(0, "", ""),
        ours.run(temporary, empty, Map.of(), List.of("-h", "--help", "-*")));
  }

  private static void await(String what, BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() - deadline < 0, what);
      Thread.sleep(5);
    }
  }

  private static boolean contains(Path file, String text) {
    try {
      return Files.exists(file) && Command.read(file).contains(text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void signal(Process process, String name) throws Exception {
    String kill = "kill -" + name + " " + process.pid();
    assertEquals(0, new ProcessBuilder("/bin/sh", "-c", kill).start().waitFor());
  }

  /** A running multilog with a pipe to it. */
  private Process start(List<String> script) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Command.ours("multilog").program().toString());
    command.addAll(script);
    ProcessBuilder builder = new ProcessBuilder(command).directory(temporary.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    return builder.redirectError(temporary.resolve("errors").toFile()).start();
  }

  @Test
  void shouldRotateOnAlarmUnlessEmpty() throws Exception {
    Process process = start(List.of("./main"));
    Path current = temporary.resolve("main/current");
    try (OutputStream input = process.getOutputStream()) {
      input.write("one\n".getBytes(ISO_8859_1));
      input.flush();
      await("the line is logged", () -> contains(current, "one\n"));
      signal(process, "ALRM");
      await("current is new", () -> Files.exists(current) && !contains(current, "one\n"));
      signal(process, "ALRM");
      input.write("two\n".getBytes(ISO_8859_1));
    }
    assertEquals(0, Command.await(process));
    assertEquals("one\ntwo\n", LogTree.contents(temporary.resolve("main")));
    // The second alarm may have come before or behind the second line.
    try (Stream<Path> files = Files.list(temporary.resolve("main"))) {
      for (Path old : files.filter(file -> file.toString().endsWith(".s")).toList()) {
        assertNotEquals("", Command.read(old));
      }
    }
  }

  @Test
  void shouldEndAtTheEndOfALineOnTerm() throws Exception {
    Process process = start(List.of("./main"));
    Path current = temporary.resolve("main/current");
    try (OutputStream input = process.getOutputStream()) {
      input.write("one\ntw".getBytes(ISO_8859_1));
      input.flush();
      await("the line is logged", () -> contains(current, "one\n"));
      signal(process, "TERM");
      assertFalse(process.waitFor(300, TimeUnit.MILLISECONDS), "ended within a line");
      input.write("o\n".getBytes(ISO_8859_1));
      input.flush();
      assertEquals(0, Command.await(process));
    }
    assertEquals("one\ntwo\n", Command.read(current));
    assertEquals(
        "rwxr--r--", PosixFilePermissions.toString(Files.getPosixFilePermissions(current)));
    assertFalse(Files.exists(temporary.resolve("main/spool")));
  }

  @Test
  void shouldEndAtOnceOnTermBetweenLines() throws Exception {
    Process process = start(List.of("t", "./main"));
    Path current = temporary.resolve("main/current");
    try (OutputStream input = process.getOutputStream()) {
      input.write("one\n".getBytes(ISO_8859_1));
      input.flush();
      await("the line is logged", () -> contains(current, "one\n"));
      signal(process, "TERM");
      assertEquals(0, Command.await(process));
    }
  }

  @Test
  void shouldWaitForSpaceOnAFullDisk() throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "only root can mount");
    Path disk = Files.createDirectory(temporary.resolve("disk"));
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk.toString()) == 0,
        "no tmpfs here");
    try {
      Path ballast = disk.resolve("ballast");
      Process process = start(List.of("n1000", "s100000", "./disk/main"));
      StringBuilder expected = new StringBuilder();
      try (OutputStream input = process.getOutputStream()) {
        input.write("begin\n".getBytes(ISO_8859_1));
        input.flush();
        await("it has begun", () -> contains(disk.resolve("main/current"), "begin"));
        expected.append("begin\n");
        fill(ballast);
        for (int i = 0; i < 2000; i++) {
          String line = i + " " + "x".repeat(20) + "\n";
          expected.append(line);
          input.write(line.getBytes(ISO_8859_1));
        }
        input.flush();
        await(
            "it complains",
            () -> contains(temporary.resolve("errors"), ", pausing: out of disk space\n"));
        Files.delete(ballast);
      }
      assertEquals(0, Command.await(process));
      assertEquals(expected.toString(), LogTree.contents(disk.resolve("main")));
      for (String line : Command.read(temporary.resolve("errors")).lines().toList()) {
        assertTrue(
            line.matches(
                "multilog: warning: unable to write to ./disk/main/(current|spool), pausing: out"
                    + " of disk space"),
            line);
      }
    } finally {
      run("umount", "-l", disk.toString());
    }
  }

  private static void fill(Path ballast) throws Exception {
    assertTrue(run("dd", "if=/dev/zero", "of=" + ballast, "bs=4096") != 0, "the disk is not full");
  }

  private static int run(String... command) throws Exception {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }
}
