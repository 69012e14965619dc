package djbdns.tools;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The suite's tinydns and axfrdns at port 53 of one address in a {@link Namespace}, as a machine
 * that publishes zones has them: tinydns has UDP, axfrdns TCP, both the same data.cdb.
 */
final class ContentServers {
  private static final String NOBODY = "65534";

  private final Namespace namespace;
  private final Path directory;
  private final String address;

  /**
   * Gives the namespace an address for the servers.
   *
   * @param directory an empty one
   */
  ContentServers(Namespace namespace, Path directory, String address)
      throws IOException, InterruptedException {
    this.namespace = namespace;
    this.directory = directory;
    this.address = address;
    namespace.addAddress(address);
    Files.createDirectory(root());
    Files.setPosixFilePermissions(root(), PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** The directory with data.cdb. */
  Path root() {
    return directory.resolve("root");
  }

  /** Publishes these lines, in place of what there was. */
  void publish(String data) throws IOException, InterruptedException {
    TinydnsProcess.compile(root(), data);
  }

  private Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>(TinydnsProcess.JAVA_ENVIRONMENT);
    environment.put("IP", address);
    environment.put("ROOT", root().toString());
    environment.put("UID", NOBODY);
    environment.put("GID", NOBODY);
    return environment;
  }

  /**
   * Starts tinydns; returns when it serves.
   *
   * @param more variables in addition to those that it needs
   * @param keys for $TSIGKEYS
   */
  ServerProcess startTinydns(Map<String, String> more, String keys)
      throws IOException, InterruptedException {
    Map<String, String> environment = environment();
    environment.putAll(more);
    environment.put("TSIGKEYS", writeKeys(directory.resolve("tinydns.keys"), keys).toString());
    return start("tinydns", environment);
  }

  /**
   * Starts axfrdns; returns when it serves.
   *
   * @param rules for tcprules
   * @param keys for $TSIGKEYS
   * @param secondaries for $NOTIFY
   */
  ServerProcess startAxfrdns(String rules, String keys, String secondaries)
      throws IOException, InterruptedException {
    Files.writeString(directory.resolve("tcp"), rules);
    String tcprules = Suite.launcher("tcprules").toString();
    Execution compiled =
        Execution.of(
            directory,
            TinydnsProcess.JAVA_ENVIRONMENT,
            List.of("/bin/sh", "-c", tcprules + " tcp.cdb tcp.tmp < tcp"));
    if (compiled.exitCode() != 0) {
      throw new AssertionError(compiled.error());
    }
    Path keyFile = writeKeys(directory.resolve("keys"), keys);
    Map<String, String> environment = environment();
    environment.put("TSIGKEYS", keyFile.toString());
    environment.put("NOTIFY", Files.writeString(directory.resolve("notify"), secondaries) + "");
    return start("axfrdns", environment);
  }

  /** Writes a file of keys that nobody else may read. */
  static Path writeKeys(Path file, String keys) throws IOException {
    Files.writeString(file, keys);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private ServerProcess start(String command, Map<String, String> environment)
      throws IOException, InterruptedException {
    ServerProcess process =
        namespace.start(
            command,
            List.of(Suite.launcher(command).toString()),
            environment,
            directory.resolve(command + ".log"));
    process.awaitLogged("starting " + command);
    return process;
  }
}
