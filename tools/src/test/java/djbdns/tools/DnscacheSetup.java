package djbdns.tools;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The directory and the environment of a dnscache, the suite's or the original; both take the same.
 *
 * @param directory holds its root and its log
 */
public record DnscacheSetup(Path directory, Map<String, String> environment) {
  private static final Path ORIGINAL = Path.of("/usr/sbin/dnscache");
  private static final String NOBODY = "65534";

  /**
   * Writes the directory.
   *
   * @param directory an empty one
   * @param servers from a domain, or "@" for the root, to the lines of its file in {@code servers/}
   * @param clients the names of the files in {@code ip/}
   */
  public static DnscacheSetup create(
      Path directory, String ip, Map<String, List<String>> servers, List<String> clients)
      throws IOException {
    Path root = makeDirectory(directory.resolve("root"));
    Path serverFiles = makeDirectory(root.resolve("servers"));
    for (Map.Entry<String, List<String>> domain : servers.entrySet()) {
      Files.write(serverFiles.resolve(domain.getKey()), domain.getValue());
    }
    Path clientFiles = makeDirectory(root.resolve("ip"));
    for (String client : clients) {
      Files.createFile(clientFiles.resolve(client));
    }
    Map<String, String> environment = new HashMap<>(TinydnsProcess.JAVA_ENVIRONMENT);
    environment.put("IP", ip);
    environment.put("IPSEND", "0.0.0.0");
    environment.put("CACHESIZE", "1000000");
    environment.put("ROOT", root.toString());
    environment.put("UID", NOBODY);
    environment.put("GID", NOBODY);
    return new DnscacheSetup(directory, environment);
  }

  private static Path makeDirectory(Path path) throws IOException {
    Files.createDirectories(path);
    return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** The same with another variable in the environment. */
  public DnscacheSetup with(String variable, String value) {
    Map<String, String> more = new HashMap<>(environment);
    more.put(variable, value);
    return new DnscacheSetup(directory, Map.copyOf(more));
  }

  /** Starts the suite's; returns when it serves. */
  public ServerProcess start(Optional<Namespace> namespace)
      throws IOException, InterruptedException {
    return start(Suite.launcher("dnscache"), namespace);
  }

  /** Starts the original, or skips the test where there is none; returns when it serves. */
  ServerProcess startOriginal(Optional<Namespace> namespace)
      throws IOException, InterruptedException {
    assumeOriginal();
    return start(ORIGINAL, namespace);
  }

  static void assumeOriginal() throws IOException {
    assumeTrue(TinydnsProcess.isRoot(), "only root can start the original dnscache");
    assumeTrue(Files.isExecutable(ORIGINAL), "Debian package dnscache is not installed");
  }

  private ServerProcess start(Path program, Optional<Namespace> namespace)
      throws IOException, InterruptedException {
    List<String> command = List.of(program.toString());
    Path log = directory.resolve("log");
    ServerProcess process =
        namespace.isPresent()
            ? namespace.get().start("dnscache", command, environment, log)
            : ServerProcess.start("dnscache", command, environment, log);
    process.awaitLogged("starting");
    return process;
  }
}
