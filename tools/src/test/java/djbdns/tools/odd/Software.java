package djbdns.tools.odd;

import static java.nio.charset.StandardCharsets.UTF_8;

import djbdns.tools.DnscacheSetup;
import djbdns.tools.Namespace;
import djbdns.tools.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A resolver that can be examined: the suite's, and those of Debian packages, as they come. */
enum Software {
  OURS("dnscache, ours", "", ""),
  UNBOUND("Unbound", "unbound", "/usr/sbin/unbound"),
  BIND("BIND", "bind9", "/usr/sbin/named"),
  KNOT_RESOLVER("Knot Resolver", "knot-resolver", "/usr/sbin/kresd");

  final String title;
  private final String debianPackage;
  private final String program;

  Software(String title, String debianPackage, String program) {
    this.title = title;
    this.debianPackage = debianPackage;
    this.program = program;
  }

  /** The Debian package that is not installed and should be. */
  Optional<String> missingPackage() {
    boolean isThere = program.isEmpty() || Files.isExecutable(Path.of(program));
    return isThere ? Optional.empty() : Optional.of(debianPackage);
  }

  /** What {@code --version} says, shortened. */
  String version() throws IOException {
    if (this == OURS) {
      return title;
    }
    String option = this == KNOT_RESOLVER ? "--version" : "-V";
    Process process = new ProcessBuilder(program, option).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    return title + " " + output.replaceFirst("(?s)^.*?([0-9]+\\.[0-9.]+[0-9]).*$", "$1");
  }

  /**
   * Starts one at {@link OddInternet#RESOLVER}, which knows {@link OddInternet#ROOT} and what the
   * scenarios say of forwarding; returns when it answers.
   */
  void start(Namespace namespace, Path directory, List<Scenario> scenarios)
      throws IOException, InterruptedException {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    Map<String, List<String>> forwarding = new HashMap<>();
    for (int i = 0; i < scenarios.size(); i++) {
      int number = i;
      List<String> addresses =
          scenarios.get(i).forwarders().stream()
              .map(server -> OddInternet.ipv4(number, server))
              .toList();
      if (!addresses.isEmpty()) {
        forwarding.put(scenarios.get(i).id(), addresses);
      }
    }
    if (this == OURS) {
      startOurs(namespace, directory, forwarding);
      return;
    }
    Path hints = directory.resolve("hints");
    Files.writeString(
        hints, ". 86400 NS a.roots.\na.roots. 86400 A %s\n".formatted(OddInternet.ROOT));
    Path conf = directory.resolve("conf");
    Files.writeString(
        conf,
        configuration(forwarding)
            .replace("RESOLVER", OddInternet.RESOLVER)
            .replace("ROOT", OddInternet.ROOT)
            .replace("HINTS", hints.toString())
            .replace("DIRECTORY", directory.toString()));
    List<String> command =
        switch (this) {
          case OURS -> throw new IllegalStateException();
          case UNBOUND -> List.of(program, "-d", "-c", conf.toString());
          case BIND -> List.of(program, "-g", "-c", conf.toString());
          case KNOT_RESOLVER -> List.of(program, "-n", "-c", conf.toString(), directory.toString());
        };
    ServerProcess server =
        namespace.start(debianPackage, command, Map.of(), directory.resolve("log"));
    String[] dig = {"dig", "@" + OddInternet.RESOLVER, "+tries=1", "+time=2", "a.roots", "A"};
    server.await(() -> namespace.run(directory, dig).output().contains("status: NOERROR"));
  }

  private static void startOurs(
      Namespace namespace, Path directory, Map<String, List<String>> forwarding)
      throws IOException, InterruptedException {
    Map<String, List<String>> servers = new HashMap<>();
    servers.put("@", List.of(OddInternet.ROOT));
    forwarding.forEach((domain, addresses) -> {
      List<String> lines = new ArrayList<>(List.of("forward"));
      lines.addAll(addresses);
      servers.put(domain, lines);
    });
    DnscacheSetup.create(directory, OddInternet.RESOLVER, servers, List.of("10"))
        .with("CACHESIZE", "100000000")
        .start(Optional.of(namespace));
  }

  private static String each(Map<String, List<String>> forwarding, String domain, String address) {
    return forwarding.entrySet().stream()
        .map(entry ->
            domain
                .replace("DOMAIN", entry.getKey())
                .replace(
                    "ADDRESSES",
                    entry.getValue().stream()
                        .map(one -> address.replace("ADDRESS", one))
                        .collect(Collectors.joining())))
        .collect(Collectors.joining());
  }

  private String configuration(Map<String, List<String>> forwarding) {
    return switch (this) {
      case OURS -> "";
      case UNBOUND ->
          """
          server:
            interface: RESOLVER
            access-control: 0.0.0.0/0 allow
            num-threads: 1
            module-config: "iterator"
            root-hints: "HINTS"
            chroot: ""
            username: ""
            directory: "DIRECTORY"
            pidfile: ""
            use-syslog: no
            do-daemonize: no
          remote-control:
            control-enable: no
          """
              + each(
                  forwarding,
                  "forward-zone:\n  name: DOMAIN\nADDRESSES",
                  "  forward-addr: ADDRESS\n");
      case BIND ->
          """
          controls { };
          options {
            directory "DIRECTORY";
            listen-on { RESOLVER; };
            listen-on-v6 { none; };
            pid-file none;
            session-keyfile none;
            recursion yes;
            allow-query { any; };
            allow-recursion { any; };
            dnssec-validation no;
          };
          zone "." { type hint; file "HINTS"; };
          """
              + each(
                  forwarding,
                  "zone \"DOMAIN\" { type forward; forward only; forwarders { ADDRESSES }; };\n",
                  "ADDRESS; ");
      case KNOT_RESOLVER ->
          """
          net.listen('RESOLVER', 53, { kind = 'dns' })
          modules = { 'hints > iterate' }
          hints.root({ ['a.roots.'] = { 'ROOT' } })
          trust_anchors.remove('.')
          cache.open(100 * MB, 'lmdb://DIRECTORY/cache')
          """
              + each(
                  forwarding,
                  "policy.add(policy.suffix(policy.FORWARD({ ADDRESSES }),"
                      + " policy.todnames({ 'DOMAIN.' })))\n",
                  "'ADDRESS', ");
    };
  }
}
