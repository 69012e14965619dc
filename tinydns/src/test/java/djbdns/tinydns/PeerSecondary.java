package djbdns.tinydns;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import djbdns.wire.Header;
import djbdns.wire.MalformedPacketException;
import djbdns.wire.MalformedTextException;
import djbdns.wire.Message;
import djbdns.wire.Name;
import djbdns.wire.PacketWriter;
import djbdns.wire.Question;
import djbdns.wire.RecordType;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** A secondary server of other make, at a loopback address and a free port, as a process. */
final class PeerSecondary implements AutoCloseable {
  /** BIND listens at addresses that an interface has, so at no other of 127.0.0.0/8. */
  enum Software {
    BIND("/usr/sbin/named", "127.0.0.1"),
    KNOT("/usr/sbin/knotd", "127.53.0.5"),
    NSD("/usr/sbin/nsd", "127.53.0.6");

    private final String program;
    private final String address;

    Software(String program, String address) {
      this.program = program;
      this.address = address;
    }
  }

  private static final int ANSWER_MS = 1000;

  private final InetSocketAddress address;
  private final Path log;
  private final Process process;

  private PeerSecondary(InetSocketAddress address, Path log, Process process) {
    this.address = address;
    this.log = log;
    this.process = process;
  }

  static void assumeInstalled(Software software) {
    assumeTrue(
        Files.isExecutable(Path.of(software.program)), software.program + " is not installed");
  }

  /**
   * Starts a secondary of many zones.
   *
   * @param directory an empty one
   */
  static PeerSecondary start(
      Software software, Path directory, Collection<String> zones, InetSocketAddress primary)
      throws IOException {
    InetSocketAddress address = freeAddress(software);
    String text =
        switch (software) {
          case BIND -> bind(directory, address, zones, primary);
          case KNOT -> knot(directory, address, zones, primary);
          case NSD -> nsd(directory, address, zones, primary);
        };
    String file = Files.writeString(directory.resolve("conf"), text).toString();
    List<String> command =
        switch (software) {
          case BIND -> List.of(software.program, "-g", "-n", "1", "-c", file);
          case KNOT -> List.of(software.program, "-c", file);
          case NSD -> List.of(software.program, "-d", "-c", file);
        };
    Path log = directory.resolve("log");
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    return new PeerSecondary(address, log, process);
  }

  private static InetSocketAddress freeAddress(Software software) throws IOException {
    InetAddress address = InetAddress.getByName(software.address);
    try (ServerSocket socket = new ServerSocket(0, 1, address)) {
      return new InetSocketAddress(address, socket.getLocalPort());
    }
  }

  private static String bind(
      Path directory,
      InetSocketAddress address,
      Collection<String> zones,
      InetSocketAddress primary) {
    StringBuilder conf = new StringBuilder();
    conf.append(
        """
        controls { };
        options {
          directory "%s";
          listen-on port %d { 127.0.0.1; };
          listen-on-v6 { none; };
          pid-file none;
          session-keyfile none;
          recursion no;
          dnssec-validation no;
          notify no;
          serial-query-rate 1000;
          transfers-in 100;
          transfers-per-ns 20;
        };
        """
            .formatted(directory, address.getPort()));
    for (String zone : zones) {
      conf.append(
          "zone \"%s\" { type secondary; primaries port %d { %s; }; };\n"
              .formatted(zone, primary.getPort(), primary.getHostString()));
    }
    return conf.toString();
  }

  private static String knot(
      Path directory,
      InetSocketAddress address,
      Collection<String> zones,
      InetSocketAddress primary) {
    StringBuilder conf = new StringBuilder();
    conf.append(
        """
        server:
          listen: %1$s@%2$d
          rundir: %3$s
          udp-workers: 1
          tcp-workers: 1
        log:
        - target: stderr
          any: info
        database:
          storage: %3$s
        remote:
        - id: primary
          address: %4$s@%5$d
        template:
        - id: default
          storage: %3$s
          master: primary
        zone:
        """
            .formatted(
                address.getHostString(),
                address.getPort(),
                directory,
                primary.getHostString(),
                primary.getPort()));
    for (String zone : zones) {
      conf.append("- domain: %s\n".formatted(zone));
    }
    return conf.toString();
  }

  private static String nsd(
      Path directory,
      InetSocketAddress address,
      Collection<String> zones,
      InetSocketAddress primary) {
    StringBuilder conf = new StringBuilder();
    conf.append(
        """
        server:
          ip-address: %1$s@%2$d
          server-count: 1
          username: ""
          zonesdir: "%3$s"
          pidfile: ""
          zonelistfile: "%3$s/zone.list"
          xfrdfile: "%3$s/xfrd.state"
          xfrdir: "%3$s"
          database: ""
          rrl-ratelimit: 0
          xfrd-reload-timeout: 1
        remote-control:
          control-enable: no
        """
            .formatted(address.getHostString(), address.getPort(), directory));
    for (String zone : zones) {
      conf.append(
          "zone:\n  name: %s\n  request-xfr: %s@%d NOKEY\n"
              .formatted(zone, primary.getHostString(), primary.getPort()));
    }
    return conf.toString();
  }

  /** Those of the zones that it does not serve when the time is over. */
  List<String> awaitZones(Collection<String> zones, long deadlineNs)
      throws IOException, MalformedPacketException, MalformedTextException {
    List<String> missing = new ArrayList<>(zones);
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.connect(address);
      socket.setSoTimeout(ANSWER_MS);
      while (!missing.isEmpty() && process.isAlive() && System.nanoTime() < deadlineNs) {
        for (String zone : List.copyOf(missing)) {
          if (serves(socket, zone)) {
            missing.remove(zone);
          }
        }
      }
    }
    return missing;
  }

  private static boolean serves(DatagramSocket socket, String zone)
      throws IOException, MalformedPacketException, MalformedTextException {
    PacketWriter query = new PacketWriter(512);
    Question question = new Question(Name.parse(zone), RecordType.SOA);
    new Message(1, 0, question, Optional.empty()).write(query);
    DatagramPacket answer = new DatagramPacket(new byte[4096], 4096);
    try {
      socket.send(new DatagramPacket(query.buffer(), query.length()));
      while (true) {
        answer.setLength(4096);
        socket.receive(answer);
        Message message = Message.read(answer.getData(), answer.getLength());
        // Others are answers of questions before that were late.
        if (message.questions().equals(List.of(question))) {
          return (message.flags() & Header.AA) != 0 && !message.answers().isEmpty();
        }
      }
    } catch (SocketTimeoutException | PortUnreachableException _) {
      return false;
    }
  }

  /** What it has logged of a zone. */
  String log(String zone) throws IOException {
    return String.join(
        "\n",
        Files.readAllLines(log, StandardCharsets.ISO_8859_1).stream()
            .filter(line -> line.contains(zone))
            .toList());
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
