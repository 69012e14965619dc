package djbdns.tinydns;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import djbdns.wire.Header;
import djbdns.wire.MalformedPacketException;
import djbdns.wire.MalformedTextException;
import djbdns.wire.Name;
import djbdns.wire.PacketWriter;
import djbdns.wire.Question;
import djbdns.wire.RecordType;
import djbdns.wire.message.Message;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A primary server of other make, at a loopback address and a free port, as a process. */
final class Primary implements AutoCloseable {
  private static final String TCPSERVER = "/usr/bin/tcpserver";

  private static final long START_NS = 30_000_000_000L;
  private static final String KEY_SECRET = "YSBzZWNyZXQgdGhhdCBvbmx5IHRoZSB0ZXN0cyBrbm93";
  static final List<String> ALGORITHMS =
      List.of("hmac-md5", "hmac-sha1", "hmac-sha224", "hmac-sha256", "hmac-sha384", "hmac-sha512");

  private final InetSocketAddress address;
  private final Path log;
  private final Process process;

  private Primary(InetSocketAddress address, Path log, Process process) {
    this.address = address;
    this.log = log;
    this.process = process;
  }

  static void assumeAxfrdns() {
    assumeTrue(Files.isExecutable(Path.of(TCPSERVER)), TCPSERVER + " is not installed");
    assumeTrue(System.getProperty("user.name").equals("root"), "axfrdns needs root");
  }

  /** The line of a key file: an algorithm, and the key of its name. */
  static String key(String algorithm) {
    return algorithm + ":" + keyName(algorithm) + ":" + KEY_SECRET;
  }

  private static String keyName(String algorithm) {
    return algorithm + ".key.test";
  }

  /**
   * Starts BIND, Knot DNS or NSD; returns when it serves all zones.
   *
   * @param directory an empty one
   * @param zones master files by name; those whose name starts with "signed" are for those who have
   *     a key
   */
  static Primary start(PeerSoftware software, Path directory, Map<String, String> zones)
      throws Exception {
    InetSocketAddress address = software.freeAddress();
    List<String> names = List.copyOf(zones.keySet());
    for (String name : names) {
      Files.writeString(directory.resolve(name), zones.get(name));
    }
    String server = software.server(directory, address);
    String conf =
        switch (software) {
          case BIND -> server + bindZones(names);
          case KNOT -> server + knotZones(directory, names);
          case NSD -> server + nsdZones(names);
        };
    Process process = software.start(directory, conf);
    return awaited(new Primary(address, PeerSoftware.log(directory), process), names);
  }

  /** Starts axfrdns under tcpserver, for zones of a data.cdb. */
  static Primary startAxfrdns(Path directory, List<String> zones) throws Exception {
    InetSocketAddress address = PeerSoftware.freeAddress("127.53.0.4");
    String host = address.getAddress().getHostAddress();
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    Map<String, String> environment =
        Map.of(
            "ROOT",
            directory.toString(),
            "UID",
            "65534",
            "GID",
            "65534",
            "IP",
            host,
            "AXFR",
            String.join("/", zones));
    ProcessBuilder builder =
        new ProcessBuilder(TCPSERVER, "-RHl0", host, "" + address.getPort(), "/usr/sbin/axfrdns");
    builder.environment().putAll(environment);
    Process process = PeerSoftware.start(directory, builder);
    return awaited(new Primary(address, PeerSoftware.log(directory), process), zones);
  }

  private static Primary awaited(Primary primary, List<String> zones) throws Exception {
    try {
      for (String zone : zones) {
        primary.awaitZone(zone);
      }
      return primary;
    } catch (IOException | AssertionError e) {
      primary.close();
      throw e;
    }
  }

  String address() {
    return address.getAddress().getHostAddress();
  }

  String port() {
    return "" + address.getPort();
  }

  /** As {@code --server} takes it. */
  String server() {
    return address() + ":" + port();
  }

  private void awaitZone(String zone) throws Exception {
    long deadlineNs = System.nanoTime() + START_NS;
    while (process.isAlive() && System.nanoTime() < deadlineNs) {
      try {
        if (serves(zone)) {
          return;
        }
      } catch (IOException e) {
        Thread.onSpinWait();
      }
    }
    throw new AssertionError(Files.readString(log));
  }

  private boolean serves(String zone)
      throws IOException, MalformedPacketException, MalformedTextException {
    PacketWriter query = new PacketWriter(512);
    Question question = new Question(Name.parse(zone), RecordType.SOA);
    new Message(1, 0, question, Optional.empty()).write(query);
    try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      out.writeShort(query.length());
      out.write(query.buffer(), 0, query.length());
      out.flush();
      DataInputStream in = new DataInputStream(socket.getInputStream());
      byte[] answer = in.readNBytes(in.readUnsignedShort());
      Message message = Message.read(answer, answer.length);
      return (message.flags() & Header.AA) != 0 && !message.answers().isEmpty();
    }
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }

  private static String bindZones(List<String> zones) {
    StringBuilder conf = new StringBuilder();
    List<String> keys = new ArrayList<>();
    for (String algorithm : ALGORITHMS) {
      conf.append(
          "key \"%s\" { algorithm %s; secret \"%s\"; };\n"
              .formatted(keyName(algorithm), algorithm, KEY_SECRET));
      keys.add("key \"" + keyName(algorithm) + "\";");
    }
    for (String zone : zones) {
      String allowed = zone.startsWith("signed") ? String.join(" ", keys) : "any;";
      conf.append(
          "zone \"%1$s\" { type primary; file \"%1$s\"; allow-transfer { %2$s }; };\n"
              .formatted(zone, allowed));
    }
    return conf.toString();
  }

  private static String knotZones(Path directory, List<String> zones) {
    StringBuilder conf = new StringBuilder();
    conf.append("key:\n");
    List<String> keys = new ArrayList<>();
    for (String algorithm : ALGORITHMS) {
      conf.append(
          "- id: %s\n  algorithm: %s\n  secret: %s\n"
              .formatted(keyName(algorithm), algorithm, KEY_SECRET));
      keys.add(keyName(algorithm));
    }
    conf.append("acl:\n- id: open\n  address: 127.0.0.0/8\n  action: transfer\n");
    conf.append("- id: signed\n  action: transfer\n  key: " + keys + "\nzone:\n");
    for (String zone : zones) {
      conf.append(
          "- domain: %1$s\n  file: %2$s/%1$s\n  acl: %3$s\n  semantic-checks: off\n"
              .formatted(zone, directory, zone.startsWith("signed") ? "signed" : "open"));
    }
    return conf.toString();
  }

  private static String nsdZones(List<String> zones) {
    StringBuilder conf = new StringBuilder();
    for (String algorithm : ALGORITHMS) {
      conf.append(
          "key:\n  name: %s\n  algorithm: %s\n  secret: \"%s\"\n"
              .formatted(keyName(algorithm), algorithm, KEY_SECRET));
    }
    for (String zone : zones) {
      conf.append("zone:\n  name: %1$s\n  zonefile: %1$s\n".formatted(zone));
      for (String key : zone.startsWith("signed") ? ALGORITHMS : List.of("")) {
        conf.append(
            "  provide-xfr: 127.0.0.0/8 %s\n".formatted(key.isEmpty() ? "NOKEY" : keyName(key)));
      }
    }
    return conf.toString();
  }
}
