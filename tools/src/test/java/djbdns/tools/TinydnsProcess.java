package djbdns.tools;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The suite's tinydns, serving a data file on a loopback address and a free high port: as an
 * ordinary user if the tests run as one, with root's rights dropped if they run as root.
 */
final class TinydnsProcess implements AutoCloseable {
  private static final int START_TIMEOUT_MS = 20_000;
  private static final int POLL_MS = 20;
  private static final int STOP_TIMEOUT_SECONDS = 10;
  private static final String NOBODY = "65534";

  /** What a launcher needs to start the Java that runs the tests. */
  static final Map<String, String> JAVA_ENVIRONMENT =
      Map.of(
          "DJBDNS_JAVA",
          Path.of(System.getProperty("java.home"), "bin/java").toString(),
          "PATH",
          "/usr/bin:/bin");

  private final Process process;
  private final InetSocketAddress address;
  private final Path root;
  private final Path log;

  private TinydnsProcess(Process process, InetSocketAddress address, Path root, Path log) {
    this.process = process;
    this.address = address;
    this.root = root;
    this.log = log;
  }

  /**
   * Compiles the data and starts the server; returns when it serves.
   *
   * @param directory an empty one; it will hold the server's root and its log
   */
  static TinydnsProcess start(Path directory, InetAddress ip, String data)
      throws IOException, InterruptedException {
    Path root = Files.createDirectory(directory.resolve("root"));
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
    compile(root, data);
    InetSocketAddress address = new InetSocketAddress(ip, freePort(ip));
    ProcessBuilder builder = new ProcessBuilder(Suite.launcher("tinydns").toString());
    Map<String, String> environment = builder.environment();
    environment.putAll(JAVA_ENVIRONMENT);
    environment.put("IP", ip.getHostAddress());
    environment.put("PORT", Integer.toString(address.getPort()));
    environment.put("ROOT", root.toString());
    if (isRoot()) {
      environment.put("UID", NOBODY);
      environment.put("GID", NOBODY);
    }
    Path log = directory.resolve("log");
    Process process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    TinydnsProcess server = new TinydnsProcess(process, address, root, log);
    server.awaitStart();
    return server;
  }

  static boolean isRoot() throws IOException {
    return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
  }

  /** Makes {@code data.cdb} in a directory from these lines. */
  static void compile(Path directory, String data) throws IOException, InterruptedException {
    Files.writeString(directory.resolve("data"), data);
    Execution compiled =
        Execution.of(
            directory, JAVA_ENVIRONMENT, List.of(Suite.launcher("tinydns-data").toString()));
    if (compiled.exitCode() != 0) {
      throw new AssertionError(compiled.error());
    }
  }

  static int freePort(InetAddress ip) throws IOException {
    try (DatagramSocket socket = new DatagramSocket(0, ip)) {
      return socket.getLocalPort();
    }
  }

  private void awaitStart() throws IOException, InterruptedException {
    for (int waitedMs = 0; waitedMs < START_TIMEOUT_MS; waitedMs += POLL_MS) {
      if (logged(line -> line.startsWith("starting tinydns")).isPresent()) {
        return;
      }
      if (process.waitFor(POLL_MS, TimeUnit.MILLISECONDS)) {
        throw new AssertionError("tinydns has ended: " + Files.readString(log));
      }
    }
    close();
    throw new AssertionError("tinydns has not started: " + Files.readString(log));
  }

  InetSocketAddress address() {
    return address;
  }

  /** The directory with data.cdb. */
  Path root() {
    return root;
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** The first line logged so far that is as asked. */
  Optional<String> logged(Predicate<String> asked) throws IOException {
    try (Stream<String> lines = Files.lines(log, ISO_8859_1)) {
      return lines.filter(asked).findFirst();
    }
  }

  /** Resident memory (proc(5), VmRSS). */
  long residentKib() throws IOException {
    Path status = Path.of("/proc/" + process.pid() + "/status");
    try (Stream<String> lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
          .findFirst()
          .orElseThrow(() -> new AssertionError("tinydns has ended"));
    }
  }

  /** Ends the server, and returns when it has ended; at once if the thread is interrupted. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
