package djbdns.tools;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The service directories of a machine that runs everything, as our -conf programs make them, in a
 * scan directory: dnscache in front of tinydns, walldns and rbldns, and axfrdns on tinydns's
 * address, each with its logger.
 */
final class DnsTree {
  static final List<String> SERVICES =
      List.of("dnscache", "tinydns", "axfrdns", "walldns", "rbldns");

  /** How many hosts example.test has: host0 to host999. */
  static final int HOSTS = 1_000;

  private static final Map<String, String> ADDRESSES =
      Map.of(
          "dnscache", "10.53.0.1",
          "tinydns", "10.53.0.2",
          "axfrdns", "10.53.0.2",
          "walldns", "10.53.0.3",
          "rbldns", "10.53.0.4");

  private final Namespace namespace;
  private final Path directory;

  /**
   * Makes the directories.
   *
   * @param namespace gets their addresses
   * @param directory an empty one, which everybody may enter
   */
  DnsTree(Namespace namespace, Path directory) throws IOException, InterruptedException {
    this.namespace = namespace;
    this.directory = directory;
    for (String address : ADDRESSES.values().stream().distinct().toList()) {
      namespace.addAddress(address);
    }
    configure("tinydns");
    publish(1);
    configure("axfrdns", directory("tinydns").toString());
    Files.writeString(directory("axfrdns").resolve("tcp"), "10.53.:allow,AXFR=\"example.test\"\n");
    make(directory("axfrdns"));
    configure("walldns");
    configure("rbldns");
    Files.writeString(directory("rbldns").resolve("root/data"), "10.0.0.0/8\n");
    make(directory("rbldns").resolve("root"));
    configure("dnscache");
    Path root = directory("dnscache").resolve("root");
    Files.createFile(root.resolve("ip/10.53"));
    Files.writeString(root.resolve("servers/example.test"), address("tinydns") + "\n");
    Files.writeString(root.resolve("servers/10.in-addr.arpa"), address("walldns") + "\n");
    Files.writeString(root.resolve("servers/rbl.test"), address("rbldns") + "\n");
  }

  private void configure(String service, String... more) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of(Suite.launcher(service + "-conf").toString()));
    words.addAll(List.of("nobody", "nobody", directory(service).toString()));
    words.addAll(List.of(more));
    words.add(address(service));
    if (service.equals("rbldns")) {
      words.add("rbl.test");
    }
    run(directory, words);
  }

  private static Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>(TinydnsProcess.JAVA_ENVIRONMENT);
    String bin = Suite.launcher("svscan").getParent().toString();
    environment.put("PATH", bin + ":/usr/sbin:/usr/bin:/bin");
    return environment;
  }

  private static void make(Path directory) throws IOException, InterruptedException {
    run(directory, List.of("make"));
  }

  private static void run(Path directory, List<String> command)
      throws IOException, InterruptedException {
    Execution execution = Execution.of(directory, environment(), command);
    if (execution.exitCode() != 0) {
      throw new AssertionError(command + ": " + execution.error());
    }
  }

  /** The scan directory. */
  Path directory() {
    return directory;
  }

  Path directory(String service) {
    return directory.resolve(service);
  }

  static String address(String service) {
    return ADDRESSES.get(service);
  }

  /** The directories of services and loggers. */
  List<Path> all() {
    return SERVICES.stream()
        .flatMap(service -> List.of(directory(service), directory(service).resolve("log")).stream())
        .toList();
  }

  /** Gives example.test a new serial number, with which tinydns and axfrdns are to answer. */
  void publish(int serial) throws IOException, InterruptedException {
    StringBuilder lines =
        new StringBuilder(
            """
            Zexample.test:a.ns.example.test:hostmaster.example.test:%d
            &example.test:%s:a.ns.example.test
            """
                .formatted(serial, address("tinydns")));
    for (int host = 0; host < HOSTS; host++) {
      lines.append("+host%d.example.test:192.0.2.1:5\n".formatted(host));
    }
    Path root = directory("tinydns").resolve("root");
    Files.writeString(root.resolve("data"), lines);
    make(root);
  }

  /** Starts svscan on it. */
  ServerProcess start(Path errors) throws IOException {
    List<String> svscan = List.of(Suite.launcher("svscan").toString(), directory.toString());
    return namespace.start("svscan", svscan, environment(), errors);
  }

  /** Questions for a service, as dnsperf reads them. */
  static String queries(String service) {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < HOSTS; i++) {
      String host = "host%d.example.test A\n".formatted(i);
      String wall = "%d.%d.1.10.in-addr.arpa PTR\n".formatted(i % 250, i / 250);
      String list = "%d.%d.1.10.rbl.test A\n".formatted(i % 250, i / 250);
      lines.append(
          switch (service) {
            case "dnscache" -> host + wall + list;
            case "walldns" -> wall;
            case "rbldns" -> list;
            default -> host;
          });
    }
    return lines.toString();
  }

  /** Lets everybody enter a directory. */
  static Path open(Path directory) throws IOException {
    return Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
