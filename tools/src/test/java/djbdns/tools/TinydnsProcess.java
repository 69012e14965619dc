package djbdns.tools;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The suite's tinydns, serving a data file on a loopback address and a free high port: as an
 * ordinary user if the tests run as one, with root's rights dropped if they run as root.
 */
final class TinydnsProcess implements AutoCloseable {
  private static final String NOBODY = "65534";

  /** What a launcher needs to start the Java that runs the tests. */
  static final Map<String, String> JAVA_ENVIRONMENT =
      Map.of(
          "DJBDNS_JAVA",
          Path.of(System.getProperty("java.home"), "bin/java").toString(),
          "PATH",
          "/usr/bin:/bin");

  private final ServerProcess process;
  private final InetSocketAddress address;
  private final Path root;

  private TinydnsProcess(ServerProcess process, InetSocketAddress address, Path root) {
    this.process = process;
    this.address = address;
    this.root = root;
  }

  /**
   * Compiles the data and starts the server; returns when it serves.
   *
   * @param directory an empty one; it will hold the server's root and its log
   */
  static TinydnsProcess start(Path directory, InetAddress ip, String data)
      throws IOException, InterruptedException {
    return start(directory, new InetSocketAddress(ip, freePort(ip)), data);
  }

  /** The same at a given port. */
  static TinydnsProcess start(Path directory, InetSocketAddress address, String data)
      throws IOException, InterruptedException {
    Path root = Files.createDirectory(directory.resolve("root"));
    compile(root, data);
    return start(directory, address, List.of());
  }

  /**
   * The same with whatever the directory has in {@code root}.
   *
   * @param prefix a command that becomes the one behind it
   */
  static TinydnsProcess start(Path directory, InetSocketAddress address, List<String> prefix)
      throws IOException, InterruptedException {
    Path root = directory.resolve("root");
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
    Map<String, String> environment = new HashMap<>(JAVA_ENVIRONMENT);
    environment.put("IP", address.getAddress().getHostAddress());
    environment.put("PORT", Integer.toString(address.getPort()));
    environment.put("ROOT", root.toString());
    if (isRoot()) {
      environment.put("UID", NOBODY);
      environment.put("GID", NOBODY);
    }
    List<String> command = new ArrayList<>(prefix);
    command.add(Suite.launcher("tinydns").toString());
    ServerProcess process =
        ServerProcess.start("tinydns", command, environment, directory.resolve("log"));
    process.awaitLogged("starting tinydns");
    return new TinydnsProcess(process, address, root);
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

  /** The first line logged so far that is as asked. */
  Optional<String> logged(Predicate<String> asked) throws IOException {
    return process.logged(asked);
  }

  ServerProcess process() {
    return process;
  }

  /** Ends the server, and returns when it has ended; at once if the thread is interrupted. */
  @Override
  public void close() {
    process.close();
  }
}
