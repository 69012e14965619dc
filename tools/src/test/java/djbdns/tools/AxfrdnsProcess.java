package djbdns.tools;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The directories of an axfrdns, its commands, and the one that runs as a server of its own. */
final class AxfrdnsProcess {
  private static final String NOBODY = "65534";
  private static final int PATIENCE_MS = 20_000;

  private final Path directory;
  private final Path root;
  private final InetSocketAddress address;
  private final Map<String, String> environment = new HashMap<>(TinydnsProcess.JAVA_ENVIRONMENT);

  /**
   * An axfrdns that is not started yet.
   *
   * @param directory an empty one
   */
  AxfrdnsProcess(Path directory, InetAddress ip) throws IOException {
    this.directory = directory;
    root = Files.createDirectory(directory.resolve("root"));
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
    address = new InetSocketAddress(ip, TinydnsProcess.freePort(ip));
    environment.put("ROOT", root.toString());
    if (TinydnsProcess.isRoot()) {
      environment.put("UID", NOBODY);
      environment.put("GID", NOBODY);
    }
  }

  InetSocketAddress address() {
    return address;
  }

  AxfrdnsProcess with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /** Compiles the data, which may be served already. */
  AxfrdnsProcess data(String data) throws IOException, InterruptedException {
    TinydnsProcess.compile(root, data);
    return this;
  }

  /** Compiles the rules. */
  AxfrdnsProcess rules(String rules) throws IOException, InterruptedException {
    Files.writeString(directory.resolve("tcp"), rules);
    String command = Suite.launcher("tcprules") + " tcp.cdb tcp.tmp < tcp";
    Execution compiled =
        Execution.of(directory, TinydnsProcess.JAVA_ENVIRONMENT, List.of("/bin/sh", "-c", command));
    if (compiled.exitCode() != 0) {
      throw new AssertionError(compiled.error());
    }
    return this;
  }

  /** Writes a file that nobody else may read. */
  AxfrdnsProcess file(String name, String text) throws IOException {
    Path file = Files.writeString(directory.resolve(name), text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    return this;
  }

  private Map<String, String> serverEnvironment() {
    Map<String, String> all = new HashMap<>(environment);
    all.put("IP", address.getAddress().getHostAddress());
    all.put("PORT", Integer.toString(address.getPort()));
    return all;
  }

  /** Starts the server; returns when it serves. */
  ServerProcess start() throws IOException, InterruptedException {
    ServerProcess process = launch();
    process.awaitLogged("starting axfrdns");
    return process;
  }

  /** Starts the server; returns at once. */
  ServerProcess launch() throws IOException {
    List<String> command = List.of(Suite.launcher("axfrdns").toString());
    return ServerProcess.start("axfrdns", command, serverEnvironment(), directory.resolve("log"));
  }

  /** Starts a server that cannot serve. */
  Execution fail() throws IOException, InterruptedException {
    return Execution.of(
        directory, serverEnvironment(), List.of(Suite.launcher("axfrdns").toString()));
  }

  /** Starts an axfrdns behind tcpserver. */
  ServerProcess startBehindTcpserver(Path axfrdns) throws IOException, InterruptedException {
    List<String> command =
        List.of(
            "/usr/bin/tcpserver",
            "-vDRHl0",
            "-x",
            "tcp.cdb",
            address.getAddress().getHostAddress(),
            Integer.toString(address.getPort()),
            axfrdns.toString());
    ServerProcess process =
        ServerProcess.start("tcpserver", command, environment, directory.resolve("log"));
    process.awaitLogged("tcpserver: status: 0/");
    return process;
  }

  /** A connection from a loopback address. */
  Socket connect(String from, int receiveBufferBytes) throws IOException {
    Socket socket = new Socket();
    socket.bind(new InetSocketAddress(from, 0));
    socket.setReceiveBufferSize(receiveBufferBytes);
    socket.setSoTimeout(PATIENCE_MS);
    socket.connect(address, PATIENCE_MS);
    return socket;
  }

  static void send(Socket socket, byte[] query) throws IOException {
    DataOutputStream out = new DataOutputStream(socket.getOutputStream());
    byte[] framed = new byte[2 + query.length];
    framed[0] = (byte) (query.length >> 8);
    framed[1] = (byte) query.length;
    System.arraycopy(query, 0, framed, 2, query.length);
    out.write(framed);
    out.flush();
  }

  static byte[] receive(Socket socket) throws IOException {
    DataInputStream in = new DataInputStream(socket.getInputStream());
    byte[] message = new byte[in.readUnsignedShort()];
    in.readFully(message);
    return message;
  }

  /** What dig, or kdig, prints when it is asked from an address. */
  String dig(String program, String from, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add("/usr/bin/" + program);
    command.add("@" + address.getAddress().getHostAddress());
    command.addAll(List.of("-p", Integer.toString(address.getPort()), "-b", from));
    command.addAll(List.of("+tcp", "+time=10", program.equals("dig") ? "+tries=1" : "+retry=0"));
    command.addAll(List.of(arguments));
    return Execution.of(directory, Map.of("PATH", "/usr/bin:/bin"), command).output();
  }
}
