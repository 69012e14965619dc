package djbdns.tinydns;

import djbdns.wire.Header;
import djbdns.wire.MalformedPacketException;
import djbdns.wire.MalformedTextException;
import djbdns.wire.Name;
import djbdns.wire.PacketWriter;
import djbdns.wire.Question;
import djbdns.wire.RecordType;
import djbdns.wire.message.Message;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
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
  private static final int ANSWER_MS = 1000;

  private final InetSocketAddress address;
  private final Path log;
  private final Process process;

  private PeerSecondary(InetSocketAddress address, Path log, Process process) {
    this.address = address;
    this.log = log;
    this.process = process;
  }

  /**
   * Starts a secondary of many zones.
   *
   * @param directory an empty one
   */
  static PeerSecondary start(
      PeerSoftware software, Path directory, Collection<String> zones, InetSocketAddress primary)
      throws IOException {
    InetSocketAddress address = software.freeAddress();
    StringBuilder conf = new StringBuilder(server(software, directory, address));
    if (software == PeerSoftware.KNOT) {
      conf.append(knotTemplate(directory, primary));
    }
    for (String zone : zones) {
      conf.append(zone(software, zone, primary));
    }
    Process process = software.start(directory, conf.toString());
    return new PeerSecondary(address, PeerSoftware.log(directory), process);
  }

  /** With room for many transfers at once. */
  private static String server(PeerSoftware software, Path directory, InetSocketAddress address) {
    return switch (software) {
      case BIND ->
          software.server(
              directory,
              address,
              "serial-query-rate 1000;",
              "transfers-in 100;",
              "transfers-per-ns 20;");
      case KNOT -> software.server(directory, address);
      case NSD ->
          software.server(
              directory, address, "server-count: 1", "rrl-ratelimit: 0", "xfrd-reload-timeout: 1");
    };
  }

  private static String knotTemplate(Path directory, InetSocketAddress primary) {
    return """
    log:
    - target: stderr
      any: info
    remote:
    - id: primary
      address: %s@%d
    template:
    - id: default
      storage: %s
      master: primary
    zone:
    """
        .formatted(primary.getHostString(), primary.getPort(), directory);
  }

  private static String zone(PeerSoftware software, String zone, InetSocketAddress primary) {
    String text =
        switch (software) {
          case BIND -> "zone \"%s\" { type secondary; primaries port %3$d { %2$s; }; };\n";
          case KNOT -> "- domain: %s\n";
          case NSD -> "zone:\n  name: %s\n  request-xfr: %s@%d NOKEY\n";
        };
    return text.formatted(zone, primary.getHostString(), primary.getPort());
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
