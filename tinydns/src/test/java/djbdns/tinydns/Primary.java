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
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
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
  /**
   * The software; BIND listens at addresses that an interface has, so at no other of 127.0.0.0/8.
   */
  enum Software {
    AXFRDNS("/usr/bin/tcpserver", "127.53.0.4"),
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

  private static final long START_NS = 30_000_000_000L;
  private static final String KEY_SECRET = "YSBzZWNyZXQgdGhhdCBvbmx5IHRoZSB0ZXN0cyBrbm93";
  static final List<String> ALGORITHMS =
      List.of("hmac-md5", "hmac-sha1", "hmac-sha224", "hmac-sha256", "hmac-sha384", "hmac-sha512");

  private final String address;
  private final int port;
  private final Path log;
  private final Process process;

  private Primary(String address, int port, Path log, Process process) {
    this.address = address;
    this.port = port;
    this.log = log;
    this.process = process;
  }

  static void assumeInstalled(Software software) {
    assumeTrue(
        Files.isExecutable(Path.of(software.program)), software.program + " is not installed");
    assumeTrue(
        software != Software.AXFRDNS || System.getProperty("user.name").equals("root"),
        "axfrdns needs root");
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
  static Primary start(Software software, Path directory, Map<String, String> zones)
      throws Exception {
    int port = freePort(software);
    List<String> names = List.copyOf(zones.keySet());
    for (String name : names) {
      Files.writeString(directory.resolve(name), zones.get(name));
    }
    Path conf = directory.resolve("conf");
    String program = software.program;
    List<String> command =
        switch (software) {
          case AXFRDNS -> throw new IllegalArgumentException("serves no master files");
          case BIND -> {
            Files.writeString(conf, bindConf(directory, port, names));
            yield List.of(program, "-g", "-n", "1", "-c", conf.toString());
          }
          case KNOT -> {
            Files.writeString(conf, knotConf(directory, port, names));
            yield List.of(program, "-c", conf.toString());
          }
          case NSD -> {
            Files.writeString(conf, nsdConf(directory, port, names));
            yield List.of(program, "-d", "-c", conf.toString());
          }
        };
    return start(software, port, directory, Map.of(), command, names);
  }

  /** Starts axfrdns under tcpserver, for zones of a data.cdb. */
  static Primary startAxfrdns(Path directory, List<String> zones) throws Exception {
    int port = freePort(Software.AXFRDNS);
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
            Software.AXFRDNS.address,
            "AXFR",
            String.join("/", zones));
    List<String> command =
        List.of(
            Software.AXFRDNS.program,
            "-RHl0",
            Software.AXFRDNS.address,
            "" + port,
            "/usr/sbin/axfrdns");
    return start(Software.AXFRDNS, port, directory, environment, command, zones);
  }

  private static Primary start(
      Software software,
      int port,
      Path directory,
      Map<String, String> environment,
      List<String> command,
      List<String> zones)
      throws Exception {
    Path log = directory.resolve("log");
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    Primary primary = new Primary(software.address, port, log, builder.start());
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

  private static int freePort(Software software) throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(software.address))) {
      return socket.getLocalPort();
    }
  }

  String address() {
    return address;
  }

  String port() {
    return "" + port;
  }

  /** As {@code --server} takes it. */
  String server() {
    return address + ":" + port;
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
    try (Socket socket = new Socket(address, port)) {
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

  private static String bindConf(Path directory, int port, List<String> zones) {
    StringBuilder conf = new StringBuilder();
    List<String> keys = new ArrayList<>();
    for (String algorithm : ALGORITHMS) {
      conf.append(
          "key \"%s\" { algorithm %s; secret \"%s\"; };\n"
              .formatted(keyName(algorithm), algorithm, KEY_SECRET));
      keys.add("key \"" + keyName(algorithm) + "\";");
    }
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
        };
        """
            .formatted(directory, port));
    for (String zone : zones) {
      String allowed = zone.startsWith("signed") ? String.join(" ", keys) : "any;";
      conf.append(
          "zone \"%1$s\" { type primary; file \"%1$s\"; allow-transfer { %2$s }; };\n"
              .formatted(zone, allowed));
    }
    return conf.toString();
  }

  private static String knotConf(Path directory, int port, List<String> zones) {
    StringBuilder conf = new StringBuilder();
    conf.append("server:\n  listen: %s@%d\n".formatted(Software.KNOT.address, port));
    conf.append("  rundir: %1$s\ndatabase:\n  storage: %1$s/db\nkey:\n".formatted(directory));
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

  private static String nsdConf(Path directory, int port, List<String> zones) {
    StringBuilder conf = new StringBuilder();
    conf.append(
        """
        server:
          ip-address: %1$s@%2$d
          username: ""
          zonesdir: "%3$s"
          pidfile: ""
          zonelistfile: "%3$s/zone.list"
          xfrdfile: "%3$s/xfrd.state"
          xfrdir: "%3$s"
          database: ""
        remote-control:
          control-enable: no
        """
            .formatted(Software.NSD.address, port, directory));
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
