package djbdns.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import djbdns.wire.Name;
import djbdns.wire.PacketWriter;
import djbdns.wire.Question;
import djbdns.wire.RecordType;
import djbdns.wire.message.Message;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** tinydns as a service: what it gives up, what it reloads, how it fails. */
@Timeout(120)
final class ServiceIT {
  private static final String IP = "127.55.0.1";

  @TempDir private Path directory;

  @BeforeEach
  void letOtherUsersIn() throws IOException {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static String data(int n) {
    return ".example.test:192.0.2.53:a\n+h.example.test:192.0.2." + n + "\n";
  }

  private TinydnsProcess start() throws Exception {
    return TinydnsProcess.start(directory, InetAddress.ofLiteral(IP), data(0));
  }

  private static String ask(TinydnsProcess server) throws Exception {
    PacketWriter query = new PacketWriter(512);
    Question question = new Question(Name.parse("h.example.test"), RecordType.A);
    new Message(9, 0, question, Optional.empty()).write(query);
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.setSoTimeout(20_000);
      socket.connect(server.address());
      socket.send(new DatagramPacket(query.buffer(), query.length()));
      DatagramPacket reply = new DatagramPacket(new byte[512], 512);
      socket.receive(reply);
      Message message = Message.read(reply.getData(), reply.getLength());
      return message.answers().isEmpty()
          ? message.rcode().toString()
          : message.answers().getFirst().rdata().toString();
    }
  }

  private static void awaitAnswer(TinydnsProcess server, String expected) throws Exception {
    while (!ask(server).equals(expected)) {
      Thread.onSpinWait();
    }
  }

  private static String awaitLogged(TinydnsProcess server, String part) throws IOException {
    while (true) {
      Optional<String> line = server.logged(text -> text.contains(part));
      if (line.isPresent()) {
        return line.get();
      }
      Thread.onSpinWait();
    }
  }

  @Test
  void shouldGiveUpRootForGood() throws Exception {
    assumeTrue(TinydnsProcess.isRoot(), "only root has privileges to drop");
    try (TinydnsProcess server = start()) {
      Map<String, String> status = new HashMap<>();
      for (String line : Files.readAllLines(Path.of("/proc/" + server.pid() + "/status"))) {
        status.put(line.split(":", 2)[0], line.split(":", 2)[1].strip());
      }
      assertEquals("65534\t65534\t65534\t65534", status.get("Uid"));
      assertEquals("65534\t65534\t65534\t65534", status.get("Gid"));
      assertEquals("", status.get("Groups"));
      assertEquals("tinydns", status.get("Name"));
      assertEquals("0000000000000000", status.get("CapEff"));
      assertEquals("0000000000000000", status.get("CapPrm"));
      assertEquals(
          server.root().toRealPath(),
          Files.readSymbolicLink(Path.of("/proc/" + server.pid() + "/root")));
    }
  }

  @Test
  void shouldReloadBehindTheChroot() throws Exception {
    try (TinydnsProcess server = start()) {
      for (int n = 1; n <= 3; n++) {
        TinydnsProcess.compile(server.root(), data(n));
        awaitAnswer(server, "192.0.2." + n);
      }
    }
  }

  @Test
  void shouldGoOnWithTheOldDataAndSaySo() throws Exception {
    try (TinydnsProcess server = start()) {
      Path database = server.root().resolve("data.cdb");
      Path damaged = server.root().resolve("damaged");
      Files.write(damaged, Arrays.copyOf(Files.readAllBytes(database), 2100));
      Files.move(damaged, database, StandardCopyOption.ATOMIC_MOVE);
      assertTrue(
          awaitLogged(server, "still serving")
              .startsWith(
                  "tinydns: warning: still serving the old data: unable to use data.cdb: "));
      assertEquals("192.0.2.0", ask(server));
      TinydnsProcess.compile(server.root(), data(5));
      awaitAnswer(server, "192.0.2.5");
    }
  }

  private static final String ADDRESS = "[0-9.]+:[0-9]+";

  private Execution fail(Map<String, String> changes) throws Exception {
    Map<String, String> environment = new HashMap<>(TinydnsProcess.JAVA_ENVIRONMENT);
    environment.put("IP", IP);
    environment.put("PORT", Integer.toString(TinydnsProcess.freePort(InetAddress.ofLiteral(IP))));
    environment.put("ROOT", directory.toString());
    environment.put("UID", "65534");
    environment.put("GID", "65534");
    changes.forEach((variable, value) -> {
      if (value.equals("unset")) {
        environment.remove(variable);
      } else {
        environment.put(variable, value);
      }
    });
    return Execution.of(directory, environment, List.of(Suite.launcher("tinydns").toString()));
  }

  /** The last line: without root a warning comes first. */
  private static void assertFatal(String message, Execution execution) {
    assertEquals(111, execution.exitCode(), execution::error);
    assertEquals("", execution.output());
    List<String> lines = execution.error().lines().toList();
    // Behind what the original says comes the address, with a port of this test's.
    String last = lines.getLast().replaceFirst(" \\(" + ADDRESS + "\\)$", "");
    assertEquals("tinydns: fatal: " + message, last);
    assertTrue(lines.size() == 1 || lines.getFirst().contains("not started as root"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "IP ; unset ; $IP not set",
        "IP ; 1.2.3.999 ; unable to parse IP address 1.2.3.999",
        "IP ; 127.0.0.1/nonsense ; unable to parse IP address nonsense",
        "IP ; 192.0.2.1 ; unable to bind UDP socket: address not available",
        "PORT ; 65536 ; unable to parse $PORT: 65536",
        "PORT ; dns ; unable to parse $PORT: dns",
        "ROOT ; unset ; $ROOT not set",
        "ROOT ; /nonexistent ; unable to chdir to /nonexistent: file does not exist",
        "COMPAT ; 1.06 ; unable to parse $COMPAT: 1.06",
        "QUERYLOG ; maybe ; unable to parse $QUERYLOG: maybe",
      })
  void shouldSayWhatIsWrongInOneLine(String variable, String value, String message)
      throws Exception {
    assertFatal(message, fail(Map.of(variable, value)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "UID ; unset ; $UID not set",
        "GID ; unset ; $GID not set",
        "UID ; 0 ; unable to parse $UID: 0",
        "UID ; nobody ; unable to parse $UID: nobody",
      })
  void shouldNotStayRoot(String variable, String value, String message) throws Exception {
    assumeTrue(TinydnsProcess.isRoot(), "only root has privileges to drop");
    assertFatal(message, fail(Map.of(variable, value)));
  }

  @Test
  void shouldServeAsSoonAsThereAreGoodData() throws Exception {
    Path root = Files.createDirectory(directory.resolve("root"));
    InetAddress ip = InetAddress.ofLiteral(IP);
    InetSocketAddress address = new InetSocketAddress(ip, TinydnsProcess.freePort(ip));
    String noData = "tinydns: warning: no data, so all answers are SERVFAIL: unable to ";
    try (TinydnsProcess server = TinydnsProcess.start(directory, address, List.of())) {
      awaitLogged(server, noData + "open data.cdb: file does not exist");
      assertEquals("SERVFAIL", ask(server));
      Path damaged = Files.write(directory.resolve("damaged"), new byte[100]);
      Files.move(damaged, root.resolve("data.cdb"), StandardCopyOption.ATOMIC_MOVE);
      awaitLogged(server, noData + "use data.cdb: size of 100 bytes");
      assertEquals("SERVFAIL", ask(server));
      TinydnsProcess.compile(root, data(4));
      awaitAnswer(server, "192.0.2.4");
      assertEquals(
          2, server.process().log().stream().filter(line -> line.contains("warning")).count());
    }
  }

  /** The size is what counts: the file is a hole. */
  @Test
  void shouldGoOnWithTheOldDataWhereTheNewDoNotFitMemory() throws Exception {
    Path root = Files.createDirectory(directory.resolve("root"));
    TinydnsProcess.compile(root, data(0));
    InetAddress ip = InetAddress.ofLiteral(IP);
    InetSocketAddress address = new InetSocketAddress(ip, TinydnsProcess.freePort(ip));
    List<String> limit = List.of("/bin/sh", "-c", "ulimit -d 2000000; exec \"$0\"");
    try (TinydnsProcess server = TinydnsProcess.start(directory, address, limit)) {
      Path large = directory.resolve("large");
      try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
        file.setLength(3_000_000_000L);
      }
      Files.move(large, server.root().resolve("data.cdb"), StandardCopyOption.ATOMIC_MOVE);
      awaitLogged(
          server,
          "tinydns: warning: still serving the old data: unable to read data.cdb: out of memory");
      assertEquals("192.0.2.0", ask(server));
      TinydnsProcess.compile(server.root(), data(5));
      awaitAnswer(server, "192.0.2.5");
    }
  }

  /** A free port for both, whose TCP is then taken. */
  private static ServerSocket takeTcp() throws IOException {
    return new ServerSocket(0, 1, InetAddress.ofLiteral(IP));
  }

  @Test
  void shouldServePacketsWhereAnotherProgramHasTcp() throws Exception {
    try (ServerSocket taken = takeTcp();
        TinydnsProcess server =
            TinydnsProcess.start(
                directory, (InetSocketAddress) taken.getLocalSocketAddress(), data(0))) {
      assertEquals(
          "tinydns: warning: another program has TCP of " + IP, awaitLogged(server, "TCP"));
      assertEquals("192.0.2.0", ask(server));
    }
  }

  @Test
  void shouldInsistOnTcpIfToldTo() throws Exception {
    try (ServerSocket taken = takeTcp()) {
      String port = Integer.toString(taken.getLocalPort());
      assertFatal(
          "unable to bind TCP socket: address already used",
          fail(Map.of("PORT", port, "TCP", "1")));
    }
  }

  @Test
  void shouldLeaveTcpToAxfrdnsBesideIt() throws Exception {
    Path axfrdns = Files.createDirectory(directory.resolve("axfrdns"));
    Files.createDirectory(axfrdns.resolve("env"));
    Files.writeString(axfrdns.resolve("tcp"), ":deny\n");
    Files.writeString(axfrdns.resolve("env/IP"), IP + "\n");
    Path tinydns = Files.createDirectory(directory.resolve("tinydns"));
    Files.writeString(axfrdns.resolve("env/ROOT"), tinydns.resolve("root") + "\n");
    try (TinydnsProcess server =
        TinydnsProcess.start(tinydns, InetAddress.ofLiteral(IP), data(0))) {
      assertEquals("TCP of " + IP + " is left to " + axfrdns, awaitLogged(server, "TCP"));
      assertEquals("192.0.2.0", ask(server));
    }
  }

  @Test
  void shouldRefuseAPortInUse() throws Exception {
    try (DatagramSocket taken = new DatagramSocket(0, InetAddress.ofLiteral(IP))) {
      assertFatal(
          "unable to bind UDP socket: address already used",
          fail(Map.of("PORT", Integer.toString(taken.getLocalPort()))));
    }
  }
}
