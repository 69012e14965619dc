package djbdns.tinydns;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Name servers of other make that read master files. BIND listens at addresses that an interface
 * has, so at no other of 127.0.0.0/8.
 */
enum PeerSoftware {
  BIND("/usr/sbin/named", "127.0.0.1", "-g -n 1 -c"),
  KNOT("/usr/sbin/knotd", "127.53.0.5", "-c"),
  NSD("/usr/sbin/nsd", "127.53.0.6", "-d -c");

  private final String program;
  private final String address;
  private final String options;

  PeerSoftware(String program, String address, String options) {
    this.program = program;
    this.address = address;
    this.options = options;
  }

  void assumeInstalled() {
    assumeTrue(Files.isExecutable(Path.of(program)), program + " is not installed");
  }

  /** Its address, with a port that nobody has. */
  InetSocketAddress freeAddress() throws IOException {
    return freeAddress(address);
  }

  static InetSocketAddress freeAddress(String address) throws IOException {
    InetAddress host = InetAddress.getByName(address);
    try (ServerSocket socket = new ServerSocket(0, 1, host)) {
      return new InetSocketAddress(host, socket.getLocalPort());
    }
  }

  /**
   * Starts it in the foreground.
   *
   * @param directory where its configuration and its log lie
   */
  Process start(Path directory, String configuration) throws IOException {
    List<String> command = new ArrayList<>(List.of(program));
    command.addAll(List.of(options.split(" ", -1)));
    command.add(Files.writeString(directory.resolve("conf"), configuration).toString());
    return start(directory, new ProcessBuilder(command));
  }

  static Process start(Path directory, ProcessBuilder builder) throws IOException {
    return builder
        .directory(directory.toFile())
        .redirectErrorStream(true)
        .redirectOutput(log(directory).toFile())
        .start();
  }

  static Path log(Path directory) {
    return directory.resolve("log");
  }

  /**
   * What its configuration says of the server, in the end of which more can be said of it.
   *
   * @param more statements of the last section: {@code options}, {@code server} or {@code database}
   */
  String server(Path directory, InetSocketAddress at, String... more) {
    String text =
        switch (this) {
          case BIND ->
              """
              controls { };
              options {
                directory "%3$s";
                listen-on port %2$d { %1$s; };
                listen-on-v6 { none; };
                pid-file none;
                session-keyfile none;
                recursion no;
                dnssec-validation no;
                notify no;
                %4$s
              };
              """;
          case KNOT ->
              """
              server:
                listen: %1$s@%2$d
                rundir: %3$s
                udp-workers: 1
                tcp-workers: 1
              database:
                storage: %3$s/db
                %4$s
              """;
          case NSD ->
              """
              remote-control:
                control-enable: no
              server:
                ip-address: %1$s@%2$d
                username: ""
                zonesdir: "%3$s"
                pidfile: ""
                zonelistfile: "%3$s/zone.list"
                xfrdfile: "%3$s/xfrd.state"
                xfrdir: "%3$s"
                database: ""
                %4$s
              """;
        };
    return text.formatted(
        at.getAddress().getHostAddress(), at.getPort(), directory, String.join("\n  ", more));
  }
}
