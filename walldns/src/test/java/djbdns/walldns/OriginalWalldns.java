package djbdns.walldns;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** The original walldns (Debian package walldns) on port 53 of a loopback address. */
final class OriginalWalldns implements AutoCloseable {
  private static final Path SERVER = Path.of("/usr/sbin/walldns");

  private final Process process;
  private final BlockingQueue<String> log = new LinkedBlockingQueue<>();

  private OriginalWalldns(Process process) {
    this.process = process;
    Thread reader = new Thread(this::readLog, "original walldns log");
    reader.setDaemon(true);
    reader.start();
  }

  /** Skips the test, saying why, where the original cannot be run. */
  static void assumeAvailable() throws IOException {
    Assumptions.assumeTrue(Files.isExecutable(SERVER), "Debian package walldns is not installed");
    Object uid = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    Assumptions.assumeTrue(uid.equals(0), "port 53 and chroot need root");
  }

  static OriginalWalldns start(String ip, Path root) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(SERVER.toString()).redirectErrorStream(true);
    builder.environment().put("IP", ip);
    builder.environment().put("ROOT", root.toString());
    builder.environment().put("UID", "65534");
    builder.environment().put("GID", "65534");
    OriginalWalldns original = new OriginalWalldns(builder.start());
    String first = original.nextLogLine();
    if (!first.equals("starting walldns")) {
      throw new IOException("walldns says: " + first);
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

  /** The next line of the log, waiting for it. */
  String nextLogLine() throws InterruptedException, IOException {
    String line = log.poll(10, TimeUnit.SECONDS);
    if (line == null) {
      throw new IOException("no log line within 10 seconds");
    }
    return line;
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
