package djbdns.tools.hostile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The resolver under attack: ours with the settings of dnscache-conf, or one to compare it with.
 */
enum Subject {
  OURS,
  UNBOUND,
  BIND;

  private static final String NOBODY = "65534";

  static Subject parse(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  /**
   * How it is started.
   *
   * @param gcLog of a JVM; empty for others
   */
  record Start(List<String> command, Map<String, String> environment, Path gcLog) {}

  /**
   * Writes its files.
   *
   * @param directory an empty one that everybody may read
   * @param suite the assembled suite
   */
  Start prepare(Path directory, Path suite, int port) throws IOException {
    return switch (this) {
      case OURS -> ours(directory, suite, port);
      case UNBOUND -> {
        Files.writeString(directory.resolve("hints"), hints());
        Path conf = directory.resolve("unbound.conf");
        Files.writeString(conf, unboundConf(directory, port));
        yield new Start(
            List.of("/usr/sbin/unbound", "-d", "-c", conf.toString()), Map.of(), Path.of(""));
      }
      case BIND -> {
        Files.writeString(directory.resolve("hints"), hints());
        Path conf = directory.resolve("named.conf");
        Files.writeString(conf, bindConf(directory, port));
        yield new Start(
            List.of("/usr/sbin/named", "-g", "-n", "1", "-c", conf.toString()),
            Map.of(),
            Path.of(""));
      }
    };
  }

  private static Start ours(Path directory, Path suite, int port) throws IOException {
    Path root = makeDirectory(directory.resolve("root"));
    Path servers = makeDirectory(root.resolve("servers"));
    Files.writeString(servers.resolve("@"), Places.text(Places.ROOT) + "\n");
    Path clients = makeDirectory(root.resolve("ip"));
    Files.createFile(clients.resolve("127"));
    Files.createFile(clients.resolve(Places.CLIENT_NETWORK_IPV6 + "_64"));
    Path gcLog = directory.resolve("gc.log");
    Map<String, String> environment =
        Map.ofEntries(
            Map.entry("DJBDNS_JAVA", Path.of(System.getProperty("java.home"), "bin/java") + ""),
            Map.entry("DJBDNS_JVMFLAGS", "-Xlog:gc:file=" + gcLog + ":timemillis:filecount=0"),
            Map.entry("PATH", "/usr/bin:/bin"),
            Map.entry("IP", Places.RESOLVER + "/" + Places.RESOLVER_IPV6),
            Map.entry("PORT", Integer.toString(port)),
            Map.entry("IPSEND", "0.0.0.0"),
            Map.entry("CACHESIZE", "1000000"),
            Map.entry("ROOT", root.toString()),
            Map.entry("UID", NOBODY),
            Map.entry("GID", NOBODY));
    return new Start(List.of(suite.resolve("bin/dnscache").toString()), environment, gcLog);
  }

  private static Path makeDirectory(Path path) throws IOException {
    Files.createDirectory(path);
    return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static String hints() {
    return ". 86400 NS ns.root.\nns.root. 86400 A " + Places.text(Places.ROOT) + "\n";
  }

  private static String unboundConf(Path directory, int port) {
    return """
    server:
      interface: %1$s
      interface: %2$s
      port: %3$d
      access-control: 127.0.0.0/8 allow
      access-control: %4$s/64 allow
      num-threads: 1
      module-config: "iterator"
      do-not-query-localhost: no
      msg-cache-size: 1m
      rrset-cache-size: 2m
      root-hints: "%5$s/hints"
      chroot: ""
      username: ""
      directory: "%5$s"
      pidfile: ""
      use-syslog: no
      do-daemonize: no
    remote-control:
      control-enable: no
    """
        .formatted(
            Places.RESOLVER, Places.RESOLVER_IPV6, port, Places.CLIENT_NETWORK_IPV6, directory);
  }

  private static String bindConf(Path directory, int port) {
    return """
    controls { };
    options {
      directory "%5$s";
      listen-on port %3$d { %1$s; };
      listen-on-v6 port %3$d { %2$s; };
      allow-query { 127.0.0.0/8; %4$s/64; };
      recursion yes;
      dnssec-validation no;
      empty-zones-enable no;
      max-cache-size 4M;
      pid-file none;
      session-keyfile none;
    };
    zone "." { type hint; file "%5$s/hints"; };
    """
        .formatted(
            Places.RESOLVER, Places.RESOLVER_IPV6, port, Places.CLIENT_NETWORK_IPV6, directory);
  }
}
