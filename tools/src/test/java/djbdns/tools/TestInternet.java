package djbdns.tools;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A small internet in a {@link Namespace}: a root, three top-level domains and ten zones below
 * them, served by NSD and Knot DNS at addresses in 10.53.0.0/16 and fd00:53::/32. The zones are in
 * the test's resources, {@code internet/}; their comments say what is special about each.
 */
final class TestInternet implements AutoCloseable {
  /** The addresses of the root servers. */
  static final List<String> ROOTS = List.of("10.53.0.1", "fd00:53::1", "10.53.0.2");

  /** Nothing listens there, and the kernel says so. */
  static final String DEAF = "10.53.8.1";

  /** Swallows every packet. */
  static final String SILENT = "10.53.9.1";

  private static final String NSD = "/usr/sbin/nsd";
  private static final String KNOT = "/usr/sbin/knotd";
  private static final String SILENCE_FROM = "10.53.9.254";

  /**
   * A process that serves the same zones at all of its addresses.
   *
   * @param zones names without the final dot; the root is "root"
   */
  private record Authority(
      String name, String software, List<String> addresses, List<String> zones) {}

  private static final List<Authority> AUTHORITIES =
      List.of(
          new Authority("root", NSD, ROOTS, List.of("root")),
          new Authority("top", NSD, List.of("10.53.1.1", "fd00:53:1::1"), List.of("alfa", "bravo")),
          new Authority("charlie", KNOT, List.of("10.53.1.2"), List.of("charlie")),
          new Authority(
              "first",
              KNOT,
              List.of("10.53.2.1", "fd00:53:2::1"),
              List.of("one.alfa", "three.charlie")),
          new Authority(
              "second",
              NSD,
              List.of("10.53.2.2", "fd00:53:2::2"),
              List.of(
                  "two.bravo",
                  "lame.alfa",
                  "dead.alfa",
                  "glueless.alfa",
                  "deep.alfa",
                  "sub.one.alfa")),
          new Authority("six", KNOT, List.of("fd00:53:6::1"), List.of("six.alfa")));

  private final Namespace namespace;
  private final Path directory;

  private TestInternet(Namespace namespace, Path directory) {
    this.namespace = namespace;
    this.directory = directory;
  }

  /** Skips the test where the internet cannot be made. */
  static void assumePossible() throws IOException, InterruptedException {
    Namespace.assumePossible();
    assumeTrue(Files.isExecutable(Path.of(NSD)), "Debian package nsd is not installed");
    assumeTrue(Files.isExecutable(Path.of(KNOT)), "Debian package knot is not installed");
    assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/dig")),
        "Debian package bind9-dnsutils is not installed");
  }

  /**
   * Makes the internet; returns when each server answers.
   *
   * @param directory an empty one, for the files of its servers
   */
  static TestInternet start(Path directory) throws IOException, InterruptedException {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    TestInternet internet = new TestInternet(Namespace.create(), directory);
    try {
      internet.namespace.addAddress(DEAF);
      internet.namespace.addSilence(SILENCE_FROM, List.of(SILENT));
      for (Authority authority : AUTHORITIES) {
        internet.startAuthority(authority);
      }
      return internet;
    } catch (IOException | InterruptedException | AssertionError e) {
      internet.close();
      throw e;
    }
  }

  /** Where everything happens: resolvers and clients are to be started there. */
  Namespace namespace() {
    return namespace;
  }

  private void startAuthority(Authority authority) throws IOException, InterruptedException {
    Path own = Files.createDirectory(directory.resolve(authority.name()));
    for (String address : authority.addresses()) {
      namespace.addAddress(address);
    }
    for (String zone : authority.zones()) {
      copyZone(zone, own);
    }
    Path configuration = own.resolve("conf");
    boolean isNsd = authority.software().equals(NSD);
    Files.writeString(configuration, isNsd ? nsdConf(authority, own) : knotConf(authority, own));
    List<String> command =
        isNsd
            ? List.of(NSD, "-d", "-c", configuration.toString())
            : List.of(KNOT, "-c", configuration.toString());
    ServerProcess server = namespace.start(authority.name(), command, Map.of(), own.resolve("log"));
    for (String address : authority.addresses()) {
      server.await(() -> answers(address, authority.zones().getLast()));
    }
  }

  private static void copyZone(String zone, Path own) throws IOException {
    String file = zone + ".zone";
    try (InputStream in = TestInternet.class.getResourceAsStream("/internet/" + file)) {
      Files.copy(in, own.resolve(file));
    }
  }

  private static String domain(String zone) {
    return zone.equals("root") ? "." : zone;
  }

  private boolean answers(String address, String zone) throws IOException, InterruptedException {
    String[] dig = {"dig", "@" + address, "+norec", "+tries=1", "+time=1", domain(zone), "SOA"};
    return namespace.run(directory, dig).output().contains("status: NOERROR");
  }

  private static String nsdConf(Authority authority, Path own) {
    String addresses =
        authority.addresses().stream()
            .map(address -> "  ip-address: " + address + "\n")
            .collect(Collectors.joining());
    String zones =
        authority.zones().stream()
            .map(zone ->
                "zone:\n  name: \"%s\"\n  zonefile: %s.zone\n".formatted(domain(zone), zone))
            .collect(Collectors.joining());
    return """
    server:
      port: 53
      server-count: 1
      username: ""
      database: ""
      pidfile: ""
      rrl-ratelimit: 0
      minimal-responses: yes
      zonesdir: "%1$s"
      zonelistfile: "%1$s/list"
      xfrdfile: "%1$s/xfrd"
    %2$sremote-control:
      control-enable: no
    %3$s\
    """
        .formatted(own, addresses, zones);
  }

  private static String knotConf(Authority authority, Path own) {
    String zones =
        authority.zones().stream()
            .map(zone -> "- domain: %s\n  file: %s.zone\n".formatted(domain(zone), zone))
            .collect(Collectors.joining());
    return """
    server:
      listen: [ %1$s ]
      rundir: %2$s
      udp-workers: 1
      tcp-workers: 1
      background-workers: 1
    database:
      storage: %2$s
    template:
    - id: default
      storage: %2$s
      semantic-checks: off
    zone:
    %3$s\
    """
        .formatted(
            authority.addresses().stream()
                .map(address -> address + "@53")
                .collect(Collectors.joining(", ")),
            own,
            zones);
  }

  @Override
  public void close() throws IOException {
    namespace.close();
  }
}
