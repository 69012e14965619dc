package djbdns.tinydns;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** The original axfrdns (Debian packages axfrdns and ucspi-tcp) under tcpserver. */
final class OriginalAxfrdns implements AutoCloseable {
  private static final Path SERVER = Path.of("/usr/sbin/axfrdns");
  private static final Path TCPSERVER = Path.of("/usr/bin/tcpserver");

  /** What one connection left behind: axfrdns's lines, and its exit code. */
  record Ended(List<String> lines, int exitCode) {}

  private final Process process;
  private final BlockingQueue<String> log = new LinkedBlockingQueue<>();

  private OriginalAxfrdns(Process process) {
    this.process = process;
    Thread reader = new Thread(this::readLog, "original axfrdns log");
    reader.setDaemon(true);
    reader.start();
  }

  static void assumeAvailable() throws IOException {
    OriginalServer.assumeAvailable("tinydns");
    Assumptions.assumeTrue(Files.isExecutable(SERVER), "Debian package axfrdns is not installed");
    Assumptions.assumeTrue(Files.isExecutable(TCPSERVER), "ucspi-tcp is not installed");
  }

  /** Starts it; returns when it takes connections. */
  static OriginalAxfrdns start(String ip, int port, Path root, Map<String, String> variables)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
            TCPSERVER.toString(), "-vDRHl0", ip, Integer.toString(port), SERVER.toString());
    builder.redirectErrorStream(true);
    builder.environment().remove("AXFR");
    builder.environment().putAll(variables);
    builder.environment().put("ROOT", root.toString());
    builder.environment().put("UID", "65534");
    builder.environment().put("GID", "65534");
    OriginalAxfrdns original = new OriginalAxfrdns(builder.start());
    String first = original.nextLine();
    if (!first.startsWith("tcpserver: status: 0/")) {
      throw new IOException("tcpserver says: " + first);
    }
    return original;
  }

  private void readLog() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.ISO_8859_1))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        log.add(line);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String nextLine() throws InterruptedException, IOException {
    String line = log.poll(20, TimeUnit.SECONDS);
    if (line == null) {
      throw new IOException("no log line within 20 seconds");
    }
    return line;
  }

  /** Waits for the end of the one connection there is. */
  Ended awaitEnd() throws IOException, InterruptedException {
    List<String> lines = new ArrayList<>();
    while (true) {
      String line = nextLine();
      if (line.startsWith("tcpserver: end ")) {
        int status = Integer.parseInt(line.substring(line.lastIndexOf(' ') + 1));
        return new Ended(lines, status >> 8);
      }
      if (!line.startsWith("tcpserver: ")) {
        lines.add(line);
      }
    }
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
