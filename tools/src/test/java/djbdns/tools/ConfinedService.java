package djbdns.tools;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The service directory of one of the daemons, its run script as the original's, and a client. */
final class ConfinedService {
  /** Every daemon of the suite that gives up root's rights. */
  static final List<String> DAEMONS =
      List.of("dnscache", "tinydns", "walldns", "rbldns", "pickdns", "axfrdns");

  static final InetAddress IP = InetAddress.ofLiteral("127.61.0.1");

  /** Nobody listens there, so that no question leaves the machine. */
  private static final String NO_ROOT = "127.61.0.9:9";

  private final String daemon;
  private final Path directory;
  private final int port;

  /**
   * Makes the directory.
   *
   * @param directory an empty one
   */
  ConfinedService(String daemon, Path directory) throws IOException, InterruptedException {
    this.daemon = daemon;
    this.directory = directory;
    port = TinydnsProcess.freePort(IP);
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    makeDirectory("root");
    Files.createDirectory(directory.resolve("env"));
    set("IP", IP.getHostAddress());
    set("PORT", Integer.toString(port));
    set("ROOT", root().toString());
    fill();
  }

  private void fill() throws IOException, InterruptedException {
    switch (daemon) {
      case "dnscache" -> {
        set("CACHESIZE", "1000000");
        set("IPSEND", "0.0.0.0");
        Files.createFile(makeDirectory("root/ip").resolve("127"));
        Files.writeString(makeDirectory("root/servers").resolve("@"), NO_ROOT + "\n");
      }
      case "rbldns" -> {
        set("BASE", "list.test");
        compile("rbldns-data", "10.0.0.0/8\n");
      }
      case "pickdns" -> compile("pickdns-data", "+h.example.test:192.0.2.1\n");
      case "axfrdns" -> {
        publish("192.0.2.1");
        Files.writeString(directory.resolve("tcp"), "127.:allow,AXFR=\"*\"\n");
        shell(Suite.launcher("tcprules") + " tcp.cdb tcp.tmp < tcp");
      }
      case "tinydns" -> publish("192.0.2.1");
      default -> {}
    }
  }

  Path makeDirectory(String name) throws IOException {
    Path made = Files.createDirectories(directory.resolve(name));
    return Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  Path root() {
    return directory.resolve("root");
  }

  Path directory() {
    return directory;
  }

  /** The file in {@code env} of a variable. */
  void set(String variable, String value) throws IOException {
    Files.writeString(directory.resolve("env").resolve(variable), value + "\n");
  }

  /** New data for tinydns and axfrdns. */
  void publish(String address) throws IOException, InterruptedException {
    compile("tinydns-data", ".example.test:192.0.2.53:a\n+h.example.test:%s\n".formatted(address));
  }

  /** New data. */
  void compile(String compiler, String lines) throws IOException, InterruptedException {
    Files.writeString(root().resolve("data"), lines);
    shell("cd root && exec " + Suite.launcher(compiler));
  }

  private void shell(String command) throws IOException, InterruptedException {
    Execution execution =
        Execution.of(directory, TinydnsProcess.JAVA_ENVIRONMENT, List.of("/bin/sh", "-c", command));
    if (execution.exitCode() != 0) {
      throw new AssertionError(execution.error());
    }
  }

  /** Starts it as its supervisor does; returns when it serves. */
  ServerProcess start() throws IOException, InterruptedException {
    return start("envuidgid nobody", "");
  }

  /**
   * The same.
   *
   * @param account the command that chooses the account
   * @param tracer what runs the daemon, such as strace
   */
  ServerProcess start(String account, String tracer) throws IOException, InterruptedException {
    Path bin = Suite.launcher(daemon).getParent();
    String script =
        """
        #!/bin/sh
        exec 2>&1
        exec %1$s/%2$s %1$s/envdir ./env %3$s %1$s/softlimit -d300000 %1$s/%4$s
        """
            .formatted(bin, account, tracer, daemon);
    Path run = Files.writeString(directory.resolve("run"), script);
    Files.setPosixFilePermissions(run, PosixFilePermissions.fromString("rwxr-xr-x"));
    Map<String, String> environment = new HashMap<>(TinydnsProcess.JAVA_ENVIRONMENT);
    ServerProcess process =
        ServerProcess.start(daemon, List.of("./run"), environment, directory.resolve("log"));
    process.awaitLogged("starting");
    return process;
  }

  static void assumeDig() {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/dig")), "bind9-dnsutils is not installed");
  }

  /** What dig(1) prints. */
  String dig(String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("/usr/bin/dig", "@" + IP.getHostAddress()));
    command.addAll(List.of("-p", Integer.toString(port), "+tries=1", "+time=20"));
    if (daemon.equals("axfrdns")) {
      command.add("+tcp");
    }
    command.addAll(List.of(words));
    return Execution.of(directory, Map.of("PATH", "/usr/bin:/bin"), command).output();
  }

  /** Sends packets that mean nothing, of up to 600 bytes. */
  void sendRubbish(Random random, int packets) throws IOException {
    try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(IP, 0))) {
      for (int i = 0; i < packets; i++) {
        byte[] packet = new byte[random.nextInt(600)];
        random.nextBytes(packet);
        socket.send(new DatagramPacket(packet, packet.length, IP, port));
      }
    }
  }

  /** A question that the daemon can answer, and part of its answer. */
  private record Known(List<String> question, String answer) {}

  private Known known() {
    return switch (daemon) {
      case "dnscache" -> new Known(List.of("localhost", "a"), "127.0.0.1");
      case "walldns" -> new Known(List.of("-x", "1.2.3.4"), "4.3.2.1.in-addr.arpa.");
      case "rbldns" -> new Known(List.of("4.3.2.10.list.test", "a"), "127.0.0.2");
      default -> new Known(List.of("h.example.test", "a"), "192.0.2.1");
    };
  }

  /** True if it answers a question as it should. */
  boolean answers() throws IOException, InterruptedException {
    return dig(known().question().toArray(String[]::new)).contains(known().answer());
  }

  /** Asks a lot, over UDP and TCP. */
  void load() throws IOException, InterruptedException {
    String line = String.join(" ", known().question()) + "\n";
    Path batch = Files.writeString(directory.resolve("batch"), line.repeat(200));
    dig("-f", batch.toString());
    dig("+tcp", "-f", batch.toString());
  }
}
