package djbdns.tinydns;

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

/** A content server of 1.05 on port 53 of a loopback address; one of Debian's packages. */
final class OriginalServer implements AutoCloseable {
  private static final Path DIRECTORY = Path.of("/usr/sbin");

  private final Process process;
  private final BlockingQueue<String> log = new LinkedBlockingQueue<>();

  private OriginalServer(Process process) {
    this.process = process;
    Thread reader = new Thread(this::readLog, "original log");
    reader.setDaemon(true);
    reader.start();
  }

  /** Skips the test, saying why, where the original cannot be run. */
  static void assumeAvailable(String program) throws IOException {
    assumeAvailable(DIRECTORY.resolve(program));
  }

  /** As the other, for a program anywhere. */
  static void assumeAvailable(Path program) throws IOException {
    Assumptions.assumeTrue(
        Files.isExecutable(program), () -> program + " is missing: install its Debian package");
    Object uid = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    Assumptions.assumeTrue(uid.equals(0), "port 53 and chroot need root");
  }

  /** Compiles {@code data} in a directory by the program of that name. */
  static void compile(String program, Path directory) throws IOException, InterruptedException {
    Process compiler =
        new ProcessBuilder(DIRECTORY.resolve(program).toString())
            .directory(directory.toFile())
            .inheritIO()
            .start();
    if (compiler.waitFor() != 0) {
      throw new IOException(program + " exited with " + compiler.exitValue());
    }
  }

  /** Starts a program that knows {@code $BASE}, or does not care. */
  static OriginalServer start(String program, String ip, Path root, String base)
      throws IOException, InterruptedException {
    return start(DIRECTORY.resolve(program), ip, root, base);
  }

  /** As the other, for a program anywhere. */
  static OriginalServer start(Path program, String ip, Path root, String base)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(program.toString()).redirectErrorStream(true);
    builder.environment().put("BASE", base);
    builder.environment().put("IP", ip);
    builder.environment().put("ROOT", root.toString());
    builder.environment().put("UID", "65534");
    builder.environment().put("GID", "65534");
    OriginalServer original = new OriginalServer(builder.start());
    String first = original.nextLogLine();
    if (!first.equals("starting " + program.getFileName())) {
      throw new IOException(program + " says: " + first);
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
