package djbdns.tools;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** An Unbound that finds what a dnscache should find: the same roots, no validation. */
final class UnboundSetup {
  private static final String UNBOUND = "/usr/sbin/unbound";

  private UnboundSetup() {}

  static void assumeInstalled() {
    assumeTrue(Files.isExecutable(Path.of(UNBOUND)), "Debian package unbound is not installed");
  }

  /**
   * Starts one in a {@link TestInternet}; it may take a moment until it answers.
   *
   * @param directory an empty one
   */
  static void start(TestInternet internet, Path directory, String ip)
      throws IOException, InterruptedException {
    Path hints = directory.resolve("hints");
    StringBuilder lines = new StringBuilder(". 86400 NS a.roots.\n");
    for (String root : TestInternet.ROOTS) {
      String type = root.contains(":") ? "AAAA" : "A";
      lines.append("a.roots. 86400 ").append(type).append(' ').append(root).append('\n');
    }
    Files.writeString(hints, lines);
    Path configuration = directory.resolve("unbound.conf");
    Files.writeString(
        configuration,
        """
        server:
          interface: %1$s
          access-control: 0.0.0.0/0 allow
          num-threads: 1
          module-config: "iterator"
          qname-minimisation: yes
          root-hints: "%2$s"
          chroot: ""
          username: ""
          directory: "%3$s"
          pidfile: ""
          use-syslog: no
          do-daemonize: no
        remote-control:
          control-enable: no
        """
            .formatted(ip, hints, directory));
    List<String> command = List.of(UNBOUND, "-d", "-c", configuration.toString());
    Namespace namespace = internet.namespace();
    ServerProcess server = namespace.start("unbound", command, Map.of(), directory.resolve("log"));
    String[] dig = {"dig", "@" + ip, "+tries=1", "+time=2", "host.alfa", "A"};
    server.await(() -> namespace.run(directory, dig).output().contains("status: NOERROR"));
  }
}
