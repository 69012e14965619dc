package djbdns.tools;

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
      ToolMain.run(new Program(name), tool(name), args, host);
    } catch (Fatal e) {
      errors = e.getMessage().isEmpty() ? "" : e.getMessage() + "\n";
      exitCode = e.exitCode();
    }
    return new Outcome(written.toString(StandardCharsets.ISO_8859_1), errors, exitCode);
  }

  private static Tool tool(String name) {
    return switch (name) {
      case "cachetest" -> new Cachetest();
      case "dnsip" -> new Dnsip();
      case "dnsip6" -> new Dnsip6();
      case "dnsipq" -> new Dnsipq();
      case "dnsmx" -> new Dnsmx();
      case "dnsname" -> new Dnsname();
      case "dnstxt" -> new Dnstxt();
      case "random-ip" -> new RandomIp();
      case "utime" -> new Utime();
      case "dnsq" -> new Dnsq();
      case "dnsqr" -> new Dnsqr();
      default -> throw new IllegalArgumentException(name);
    };
  }

  static Outcome original(Invocation invocation) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(invocation.words());
    words.set(0, "/usr/bin/" + words.getFirst());
    return run(words, invocation.environment());
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
