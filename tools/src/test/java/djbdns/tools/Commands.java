package djbdns.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;

import djbdns.client.nio.KernelRandom;
import djbdns.client.nio.SystemSettings;
import djbdns.runtime.Fatal;
import djbdns.runtime.Program;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Assumptions;

/** Runs a command, ours in this process and the original as its own, and keeps what it did. */
final class Commands {
  /** A command line and its environment. */
  record Invocation(Map<String, String> environment, List<String> words) {
    Invocation(Map<String, String> environment, String... words) {
      this(environment, List.of(words));
    }
  }

  /** What a command did. */
  record Outcome(String output, String errors, int exitCode) {}

  /** Names, good and bad. */
  static final List<String> NAMES =
      List.of(
          "",
          ".",
          "..",
          "x",
          "x.",
          ".x",
          "x..y",
          "UPPER.Case",
          "a b",
          "a\\.b",
          "\\",
          "x\\",
          "\\1",
          "\\12",
          "\\123",
          "\\1234",
          "\\377",
          "\\400",
          "\\777",
          "\\8",
          "\\\\",
          "\\.",
          "_x-y.z",
          "*.x",
          "1.2.3.4",
          "4.3.2.1.in-addr.arpa",
          "-x",
          "--name",
          "--",
          "x".repeat(63),
          "x".repeat(64),
          "y." + "x".repeat(64),
          ("x".repeat(63) + ".").repeat(3) + "x".repeat(61),
          ("x".repeat(63) + ".").repeat(3) + "x".repeat(62),
          "x.".repeat(127),
          "x.".repeat(128),
          "x:y",
          "x/y",
          "x+y",
          "[x]",
          "@",
          "#",
          "'",
          "\"",
          "a\tb",
          "a\nb",
          "c0",
          "c5.test",
          "C7.x");

  private Commands() {}

  static void assumeOriginals() {
    Assumptions.assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/dnsq")),
        "the original is not installed (Debian package djbdns-utils)");
  }

  static Outcome ours(Invocation invocation) {
    String name = invocation.words().getFirst();
    String[] args = invocation.words().stream().skip(1).toArray(String[]::new);
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    Host host =
        new Host(
            new SystemSettings(invocation.environment()),
            new KernelRandom(),
            InputStream.nullInputStream(),
            new Output(written));
    String errors = "";
    int exitCode = 0;
    try {
      ToolMain.run(new Program(name), Tools.of(name), args, host);
    } catch (Fatal e) {
      errors = e.getMessage().isEmpty() ? "" : e.getMessage() + "\n";
      exitCode = e.exitCode();
    }
    return new Outcome(written.toString(StandardCharsets.ISO_8859_1), errors, exitCode);
  }

  /** Compares every invocation of both; up to so many of each run side by side. */
  static void assertSame(List<Invocation> invocations, int threads)
      throws InterruptedException, ExecutionException {
    assertSame(invocations, threads, outcome -> outcome);
  }

  /** The same with what is to be compared of an outcome. */
  static void assertSame(List<Invocation> invocations, int threads, UnaryOperator<Outcome> essence)
      throws InterruptedException, ExecutionException {
    try (ExecutorService executor = Executors.newFixedThreadPool(2 * threads)) {
      List<Future<List<Outcome>>> originals = new ArrayList<>();
      List<Future<Outcome>> ours = new ArrayList<>();
      for (List<Invocation> batch : Originals.batches(invocations, threads)) {
        originals.add(executor.submit(() -> Originals.run(batch)));
        batch.forEach(invocation -> ours.add(executor.submit(() -> ours(invocation))));
      }
      List<Outcome> expected = new ArrayList<>();
      for (Future<List<Outcome>> original : originals) {
        expected.addAll(original.get());
      }
      List<String> differences = new ArrayList<>();
      for (int i = 0; i < invocations.size(); i++) {
        Outcome original = essence.apply(expected.get(i));
        Outcome actual = essence.apply(ours.get(i).get());
        if (!original.equals(actual)) {
          differences.add(invocations.get(i) + " original: " + original + " ours: " + actual);
        }
      }
      assertEquals(List.of(), differences);
    }
  }

  static Outcome run(List<String> words, Map<String, String> environment)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile("output", "");
    Path errors = Files.createTempFile("errors", "");
    ProcessBuilder builder =
        new ProcessBuilder(words).redirectOutput(output.toFile()).redirectError(errors.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    int exitCode = builder.start().waitFor();
    Outcome outcome = new Outcome(read(output), read(errors), exitCode);
    Files.delete(output);
    Files.delete(errors);
    return outcome;
  }

  private static String read(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.ISO_8859_1);
  }
}
