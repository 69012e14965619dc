package djbdns.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;

import djbdns.wire.Name;
import djbdns.wire.PacketWriter;
import djbdns.wire.Question;
import djbdns.wire.Rcode;
import djbdns.wire.RecordType;
import djbdns.wire.message.Message;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** rbldns and pickdns as services: settings, reload, errors. */
@Timeout(120)
final class ListServersIT {
  private static final InetAddress IP = InetAddress.ofLiteral("127.55.0.3");

  @TempDir private Path root;

  private final Map<String, String> environment = new HashMap<>(TinydnsProcess.JAVA_ENVIRONMENT);
  private InetSocketAddress address = new InetSocketAddress(IP, 0);

  @BeforeEach
  void prepare() throws IOException {
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
    address = new InetSocketAddress(IP, TinydnsProcess.freePort(IP));
    environment.put("IP", IP.getHostAddress());
    environment.put("PORT", Integer.toString(address.getPort()));
    environment.put("ROOT", root.toString());
    environment.put("BASE", "list.test");
    environment.put("UID", "65534");
    environment.put("GID", "65534");
  }

  private void compile(String compiler, String... lines) throws Exception {
    Files.write(root.resolve("data"), List.of(lines));
    assertEquals(
        new Execution(0, "", ""),
        Execution.of(root, environment, List.of(Suite.launcher(compiler).toString())));
  }

  private ServerProcess start(String program) throws Exception {
    ServerProcess process =
        ServerProcess.start(
            program, List.of(Suite.launcher(program).toString()), environment, root.resolve("log"));
    process.awaitLogged("starting " + program);
    return process;
  }

  private Message ask(String name, RecordType type) throws Exception {
    PacketWriter query = new PacketWriter(512);
    new Message(9, 0, new Question(Name.parse(name), type), Optional.empty()).write(query);
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.setSoTimeout(20_000);
      socket.connect(address);
      socket.send(new DatagramPacket(query.buffer(), query.length()));
      DatagramPacket reply = new DatagramPacket(new byte[512], 512);
      socket.receive(reply);
      return Message.read(reply.getData(), reply.getLength());
    }
  }

  private String answer(String name, RecordType type) throws Exception {
    Message message = ask(name, type);
    return message.answers().isEmpty()
        ? message.rcode().toString()
        : message.answers().getFirst().rdata().toString();
  }

  @Test
  void shouldServeAListAndItsSuccessors() throws Exception {
    compile("rbldns-data", "10.0.0.0/8", "2001:db8::/32", ":127.0.0.2:one: $");
    try (ServerProcess server = start("rbldns")) {
      assertEquals("127.0.0.2", answer("4.3.2.10.LIST.test", RecordType.A));
      assertEquals("\"one: 10.2.3.4\"", answer("4.3.2.10.list.test", RecordType.TXT));
      assertEquals("NXDOMAIN", answer("4.3.2.11.list.test", RecordType.A));
      server.await(
          () -> server.logged(line -> line.endsWith(" + 0001 4.3.2.11.list.test")).isPresent());
      compile("rbldns-data", "11.0.0.0/8", ":127.0.0.3:two");
      while (!answer("4.3.2.11.list.test", RecordType.A).equals("127.0.0.3")) {
        Thread.onSpinWait();
      }
      Path damaged = Files.write(root.resolve("damaged"), new byte[2050]);
      Files.move(damaged, root.resolve("data.cdb"), StandardCopyOption.ATOMIC_MOVE);
      server.awaitLogged("rbldns: warning: still serving the old data: unable to use data.cdb: ");
      assertEquals("\"two\"", answer("4.3.2.11.list.test", RecordType.TXT));
    }
  }

  @Test
  void shouldAnswerAs105WhenAsked() throws Exception {
    environment.put("COMPAT", "1.05");
    compile("rbldns-data", "10.0.0.0/8");
    try (ServerProcess _ = start("rbldns")) {
      assertEquals("\"Listed 10.2.3.4\"", answer("4.3.2.10.list.test", RecordType.TXT));
      assertEquals(Rcode.REFUSED, ask("4.3.2.10.list.test", RecordType.MX).rcode());
      assertEquals(Rcode.REFUSED, ask("list.test", RecordType.A).rcode());
    }
  }

  @Test
  void shouldPickAddressesFromTheNewestData() throws Exception {
    compile("pickdns-data", "%lo:127", "+a.test:192.0.2.1:lo", "+a.test:192.0.2.2");
    try (ServerProcess _ = start("pickdns")) {
      assertEquals("192.0.2.1", answer("A.test", RecordType.A));
      assertEquals("REFUSED", answer("b.test", RecordType.A));
      compile("pickdns-data", "+b.test:192.0.2.3");
      while (!answer("b.test", RecordType.A).equals("192.0.2.3")) {
        Thread.onSpinWait();
      }
    }
  }

  @Test
  void shouldWaitForData() throws Exception {
    try (ServerProcess pickdns = start("pickdns")) {
      pickdns.awaitLogged("pickdns: warning: no data, so all answers are SERVFAIL: unable to open");
      assertEquals("SERVFAIL", answer("b.test", RecordType.A));
      compile("pickdns-data", "+b.test:192.0.2.3");
      while (!answer("b.test", RecordType.A).equals("192.0.2.3")) {
        Thread.onSpinWait();
      }
    }
    Files.write(root.resolve("data.cdb"), new byte[10]);
    try (ServerProcess rbldns = start("rbldns")) {
      rbldns.awaitLogged("rbldns: warning: no data, so all answers are SERVFAIL: unable to use");
      assertEquals("SERVFAIL", answer("4.3.2.10.list.test", RecordType.A));
    }
  }

  private void assertFatal(String program, String message) throws Exception {
    Execution execution =
        Execution.of(root, environment, List.of(Suite.launcher(program).toString()));
    assertEquals(111, execution.exitCode(), execution::error);
    assertEquals(message, execution.error().lines().toList().getLast());
  }

  @Test
  void shouldSayWhatIsWrongInOneLine() throws Exception {
    environment.put("BASE", "l".repeat(64));
    assertFatal("rbldns", "rbldns: fatal: unable to parse $BASE");
    environment.remove("BASE");
    assertFatal("rbldns", "rbldns: fatal: $BASE not set");
  }
}
