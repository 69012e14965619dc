package djbdns.tools;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import djbdns.tsig.TsigKey;
import djbdns.tsig.TsigKeys;
import djbdns.tsig.TsigRequest;
import djbdns.wire.Header;
import djbdns.wire.Limits;
import djbdns.wire.Name;
import djbdns.wire.Opcode;
import djbdns.wire.PacketWriter;
import djbdns.wire.Question;
import djbdns.wire.RecordType;
import djbdns.wire.message.Message;
import djbdns.wire.rdata.Soa;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The assembled suite's axfrdns: as a server of its own, and behind tcpserver. */
@Timeout(300)
final class AxfrdnsIT {
  private static final InetAddress IP = InetAddress.ofLiteral("127.60.0.53");
  private static final String CLIENT = "127.60.0.1";
  private static final String STRANGER = "127.60.0.9";
  private static final String SECRET = "c2VjcmV0IHNlY3JldCBzZWNyZXQgc2VjcmV0IHNlY3I=";
  private static final String KEY = "hmac-sha256:k.example:" + SECRET;
  private static final String RULES =
      """
      127.60.0.1:allow,AXFR="example"
      127.60.0.2:allow
      127.60.0.3:allow,AXFR="*",TSIG="k.example"
      :deny
      """;
  private static final int SMALL_BUFFER_BYTES = 4096;
  private static final int BUFFER_BYTES = 1 << 16;

  @TempDir private Path directory;

  private static String zone(int serial, int addresses) {
    StringBuilder data = new StringBuilder();
    data.append("Zexample:ns.example:root.example:").append(serial).append('\n');
    data.append("&example:192.0.2.1:ns.example\n+www.example:192.0.2.2\n");
    for (int i = 0; i < addresses; i++) {
      data.append("'h").append(i).append(".example:").append("text ".repeat(20)).append('\n');
    }
    return data.toString();
  }

  private AxfrdnsProcess axfrdns() throws Exception {
    return new AxfrdnsProcess(directory, IP).data(zone(1, 0)).rules(RULES);
  }

  private static byte[] query(int id, String name, RecordType type) throws Exception {
    PacketWriter out = new PacketWriter(Limits.UDP_BYTES);
    new Message(id, 0, new Question(Name.parse(name), type), Optional.empty()).write(out);
    return Arrays.copyOf(out.buffer(), out.length());
  }

  private static Message read(byte[] bytes) throws Exception {
    return Message.read(bytes, bytes.length);
  }

  private static long count(String output, String type) {
    return output.lines().filter(line -> line.contains("\tIN\t" + type + "\t")).count();
  }

  @Test
  void shouldDoForEachClientWhatItsRuleSays() throws Exception {
    ConfinedService.assumeDig();
    AxfrdnsProcess axfrdns = axfrdns().with("TSIGKEYS", "keys").file("keys", KEY + "\n");
    try (ServerProcess server = axfrdns.start()) {
      String zone = axfrdns.dig("dig", CLIENT, "example", "axfr");
      assertEquals(2, count(zone, "SOA"), zone);
      assertEquals(2, count(zone, "A"), zone);
      String other = axfrdns.dig("dig", CLIENT, "other", "axfr");
      assertTrue(other.contains("Transfer failed"), other);
      String refused = axfrdns.dig("dig", "127.60.0.2", "example", "axfr");
      assertTrue(refused.contains("Transfer failed"), refused);
      String asked = axfrdns.dig("dig", "127.60.0.2", "www.example", "a");
      assertTrue(asked.contains("192.0.2.2"), asked);
      String denied = axfrdns.dig("dig", STRANGER, "www.example", "a");
      assertFalse(denied.contains("192.0.2.2"), denied);
      server.awaitLogged("deny 7f3c0009:");
      String unsigned = axfrdns.dig("dig", "127.60.0.3", "example", "axfr");
      assertTrue(unsigned.contains("Transfer failed"), unsigned);
      for (String program : List.of("dig", "kdig")) {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin", program)), program + " is missing");
        String signed = axfrdns.dig(program, "127.60.0.3", "-y", KEY, "example", "axfr");
        assertEquals(
            2, signed.lines().filter(line -> line.matches(".*\\sSOA\\s.*")).count(), signed);
        assertFalse(signed.matches("(?s).*(BADSIG|BADKEY|[Cc]ouldn't verify|WARNING).*"), signed);
      }
      String wrong =
          axfrdns.dig("dig", "127.60.0.3", "-y", "hmac-sha256:k.example:AAAA", "example", "axfr");
      assertTrue(wrong.contains("Transfer failed") || wrong.contains("BADSIG"), wrong);
      assertEquals(Optional.empty(), server.logged(line -> line.contains("Exception")));
    }
  }

  @Test
  void shouldSayInOneLineWhatIsWrongWithItsFiles() throws Exception {
    AxfrdnsProcess axfrdns = axfrdns();
    byte[] rules = Files.readAllBytes(directory.resolve("tcp.cdb"));
    Files.write(directory.resolve("tcp.cdb"), Arrays.copyOf(rules, 2000));
    assertFails(axfrdns, "unable to use tcp.cdb: ");
    Files.write(directory.resolve("tcp.cdb"), rules);
    axfrdns.with("TSIGKEYS", "keys");
    assertFails(axfrdns, "unable to open keys: file does not exist");
    axfrdns.file("keys", "# none\nhmac-sha256:k.example:?\n");
    assertFails(axfrdns, "unable to use keys: line 2: ");
    axfrdns.file("keys", KEY + "\n");
    Files.setPosixFilePermissions(
        directory.resolve("keys"), PosixFilePermissions.fromString("rw-r-----"));
    assertFails(axfrdns, "unable to use keys: others may read it");
    axfrdns.file("keys", KEY + "\n").with("NOTIFY", "notify");
    axfrdns.file("notify", "example 127.0.0.1 other.example\n");
    assertFails(axfrdns, "unable to use notify: line 1: unknown key: other.example");
  }

  /** They may be made after the service has been linked. */
  @Test
  void shouldWaitForItsRules() throws Exception {
    AxfrdnsProcess axfrdns = axfrdns();
    Path rules = directory.resolve("tcp.cdb");
    Path aside = directory.resolve("aside");
    Files.move(rules, aside);
    try (ServerProcess server = axfrdns.launch()) {
      server.awaitLogged("axfrdns: warning: waiting for tcp.cdb: file does not exist");
      Files.move(aside, rules);
      server.awaitLogged("starting axfrdns");
    }
  }

  @Test
  void shouldTransferNothingUntilThereAreData() throws Exception {
    ConfinedService.assumeDig();
    AxfrdnsProcess axfrdns = axfrdns();
    Path data = directory.resolve("root/data.cdb");
    Path aside = directory.resolve("aside");
    Files.move(data, aside);
    try (ServerProcess server = axfrdns.start()) {
      server.awaitLogged(
          "axfrdns: warning: no data, so all answers are SERVFAIL: unable to open data.cdb: ");
      String none = axfrdns.dig("dig", CLIENT, "example", "axfr");
      assertTrue(none.contains("Transfer failed"), none);
      String failed = axfrdns.dig("dig", CLIENT, "www.example", "a");
      assertTrue(failed.contains("SERVFAIL"), failed);
      Files.move(aside, data);
      server.await(() -> count(transfer(axfrdns), "SOA") == 2);
    }
  }

  private static String transfer(AxfrdnsProcess axfrdns) {
    try {
      return axfrdns.dig("dig", CLIENT, "example", "axfr");
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static void assertFails(AxfrdnsProcess axfrdns, String message) throws Exception {
    Execution failed = axfrdns.fail();
    assertEquals(111, failed.exitCode(), message);
    // An ordinary user is told first that there will be no chroot.
    List<String> lines =
        failed.error().lines().filter(line -> !line.contains(" not started as root: ")).toList();
    assertEquals(1, lines.size(), failed.error());
    assertTrue(lines.getFirst().startsWith("axfrdns: fatal: " + message), failed.error());
  }

  @Test
  void shouldEndASlowTransferWithTheVersionThatItBeganWith() throws Exception {
    int records = 60_000;
    AxfrdnsProcess axfrdns = axfrdns().data(zone(1, records));
    try (ServerProcess server = axfrdns.start();
        Socket slow = axfrdns.connect(CLIENT, SMALL_BUFFER_BYTES);
        Socket fast = axfrdns.connect(CLIENT, BUFFER_BYTES)) {
      AxfrdnsProcess.send(slow, query(1, "example", RecordType.AXFR));
      int received = read(AxfrdnsProcess.receive(slow)).answers().size();
      axfrdns.data(zone(2, 3));
      server.await(() -> serial(fast) == 2);
      assertEquals(3 + 5, transfer(fast));
      Message last = null;
      while (received < records + 5) {
        last = read(AxfrdnsProcess.receive(slow));
        received += last.answers().size();
      }
      assertEquals(records + 5, received);
      assertEquals(1, ((Soa) last.answers().getLast().rdata()).serial());
      assertEquals(2, serial(slow), "the next answer comes from the new data");
    }
  }

  private static long serial(Socket socket) throws IOException {
    try {
      AxfrdnsProcess.send(socket, query(2, "example", RecordType.SOA));
      Message answer = read(AxfrdnsProcess.receive(socket));
      return ((Soa) answer.answers().getFirst().rdata()).serial();
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** Records of a transfer, SOA twice. */
  private static int transfer(Socket socket) throws Exception {
    AxfrdnsProcess.send(socket, query(3, "example", RecordType.AXFR));
    int received = 0;
    int soas = 0;
    while (soas < 2) {
      Message message = read(AxfrdnsProcess.receive(socket));
      assertEquals(3, message.id());
      received += message.answers().size();
      soas += (int) message.answers().stream().filter(r -> r.type().equals(RecordType.SOA)).count();
    }
    return received;
  }

  @Test
  void shouldAnswerManyQueriesOfAConnectionInTheirOrder() throws Exception {
    AxfrdnsProcess axfrdns = axfrdns();
    try (ServerProcess server = axfrdns.start();
        Socket socket = axfrdns.connect(CLIENT, BUFFER_BYTES)) {
      int queries = 3000;
      Thread sender =
          Thread.startVirtualThread(() -> {
            try {
              for (int i = 0; i < queries; i++) {
                RecordType type = i % 10 == 0 ? RecordType.AXFR : RecordType.A;
                AxfrdnsProcess.send(
                    socket, query(i, type.equals(RecordType.A) ? "www.example" : "example", type));
              }
            } catch (Exception e) {
              throw new AssertionError(e);
            }
          });
      for (int i = 0; i < queries; i++) {
        Message answer = read(AxfrdnsProcess.receive(socket));
        assertEquals(i, answer.id());
        assertEquals(i % 10 == 0 ? 5 : 1, answer.answers().size());
      }
      sender.join();
      assertTrue(server.isAlive());
    }
  }

  @Test
  void shouldForgetClientsThatDisappear() throws Exception {
    ConfinedService.assumeDig();
    AxfrdnsProcess axfrdns = axfrdns().data(zone(1, 60_000));
    try (ServerProcess server = axfrdns.start()) {
      axfrdns.dig("dig", CLIENT, "www.example", "a");
      server.await(() -> serialOfNew(axfrdns) == 1);
      long files = server.openFiles();
      for (int i = 0; i < 30; i++) {
        try (Socket socket = axfrdns.connect(CLIENT, SMALL_BUFFER_BYTES)) {
          AxfrdnsProcess.send(socket, query(1, "example", RecordType.AXFR));
          AxfrdnsProcess.receive(socket);
          socket.setSoLinger(true, 0);
        }
      }
      server.await(() -> server.openFiles() <= files);
      assertEquals(1, serialOfNew(axfrdns));
      assertEquals(Optional.empty(), server.logged(line -> line.contains("Exception")));
    }
  }

  private static long serialOfNew(AxfrdnsProcess axfrdns) throws IOException {
    try (Socket socket = axfrdns.connect(CLIENT, BUFFER_BYTES)) {
      return serial(socket);
    }
  }

  @Test
  void shouldGiveTheOldestConnectionOfAClientToANewOne() throws Exception {
    // One event loop: each knows the ages of its own connections only.
    AxfrdnsProcess axfrdns = axfrdns().with("DJBDNS_JVMFLAGS", "-XX:ActiveProcessorCount=1");
    List<Socket> sockets = new ArrayList<>();
    try (ServerProcess server = axfrdns.start()) {
      for (int i = 0; i < 11; i++) {
        sockets.add(axfrdns.connect(CLIENT, BUFFER_BYTES));
        assertEquals(1, serial(sockets.getLast()));
      }
      assertThrows(IOException.class, () -> serial(sockets.getFirst()));
      assertEquals(1, serial(sockets.getLast()));
      assertTrue(server.isAlive());
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }

  @Test
  void shouldTellSecondariesOfNewVersions() throws Exception {
    try (DatagramSocket plain = new DatagramSocket(0, InetAddress.ofLiteral("127.60.0.4"));
        DatagramSocket signed = new DatagramSocket(0, InetAddress.ofLiteral("127.60.0.5"))) {
      AxfrdnsProcess axfrdns =
          axfrdns()
              .with("TSIGKEYS", "keys")
              .file("keys", KEY + "\n")
              .with("NOTIFY", "notify")
              .file(
                  "notify",
                  "example 127.60.0.4:%d\n* 127.60.0.5:%d k.example\n"
                      .formatted(plain.getLocalPort(), signed.getLocalPort()));
      try (ServerProcess server = axfrdns.start()) {
        byte[] first = receiveNotice(plain, false);
        byte[] withKey = receiveNotice(signed, true);
        byte[] again = receiveNotice(plain, true);
        assertFalse(Arrays.equals(first, again), "the second try has an ID of its own");
        server.awaitLogged("notify 127.60.0.4:" + plain.getLocalPort() + " example");
        TsigKeys keys = new TsigKeys(List.of(TsigKey.parse(KEY)));
        assertTrue(
            TsigRequest.read(withKey, withKey.length, keys, Instant.now().getEpochSecond())
                .key()
                .isPresent());
        server.awaitLogged("notify 127.60.0.5:" + signed.getLocalPort() + " example");
        axfrdns.data(zone(2, 0));
        receiveNotice(plain, true);
        receiveNotice(signed, true);
        server.await(
            () -> server.log().stream().filter(line -> line.startsWith("notify ")).count() == 4);
      }
    }
  }

  /** Takes a NOTIFY of the zone, and answers it or not. */
  private static byte[] receiveNotice(DatagramSocket socket, boolean answers) throws Exception {
    socket.setSoTimeout(20_000);
    DatagramPacket packet = new DatagramPacket(new byte[512], 512);
    socket.receive(packet);
    byte[] bytes = Arrays.copyOf(packet.getData(), packet.getLength());
    Message notice = read(bytes);
    assertEquals(IP, packet.getAddress());
    assertEquals(Opcode.NOTIFY, notice.opcode());
    assertEquals(List.of(new Question(Name.parse("example"), RecordType.SOA)), notice.questions());
    if (answers) {
      PacketWriter out = new PacketWriter(Limits.UDP_BYTES);
      out.begin(notice.id(), notice.flags() | Header.QR, Limits.UDP_BYTES);
      out.question(notice.questions().getFirst());
      TsigKeys keys = new TsigKeys(List.of(TsigKey.parse(KEY)));
      long now = Instant.now().getEpochSecond();
      TsigRequest.read(bytes, bytes.length, keys, now).sign(out, now);
      socket.send(new DatagramPacket(out.buffer(), out.length(), packet.getSocketAddress()));
    }
    return bytes;
  }

  @Test
  void shouldWithstandDamagedMessages() throws Exception {
    AxfrdnsProcess axfrdns = axfrdns().with("TSIGKEYS", "keys").file("keys", KEY + "\n");
    HostileQueries queries = new HostileQueries(1);
    try (ServerProcess server = axfrdns.start()) {
      for (int i = 0; i < 300; i++) {
        try (Socket socket = axfrdns.connect(CLIENT, BUFFER_BYTES)) {
          for (int j = 0; j < 20; j++) {
            AxfrdnsProcess.send(socket, queries.next());
          }
          socket.setSoLinger(i % 2 == 0, 0);
        } catch (SocketException e) {
          assertTrue(e.getMessage().matches(".*(reset|Broken pipe).*"), e.getMessage());
        }
      }
      assertEquals(1, serialOfNew(axfrdns));
      assertTrue(server.residentKib() < PacketStorm.MAX_RESIDENT_KIB);
      assertEquals(
          Optional.empty(),
          server.logged(line -> line.contains("Exception") || line.contains("unable to answer")));
    }
  }

  @Test
  void shouldBehaveBehindTcpserverAsTheOriginal() throws Exception {
    Path original = Path.of("/usr/sbin/axfrdns");
    assumeTrue(Files.isExecutable(original), "Debian package axfrdns is not installed");
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/tcpserver")), "ucspi-tcp is not installed");
    assumeTrue(TinydnsProcess.isRoot(), "chroot needs root");
    AxfrdnsProcess axfrdns = axfrdns().with("COMPAT", "1.05").data(zone(1, 200));
    byte[] address = query(1, "www.example", RecordType.A);
    byte[] transfer = query(2, "example", RecordType.AXFR);
    List<byte[]> connections =
        List.of(
            new byte[0],
            framed(address, query(3, "Nothing.example", RecordType.MX), transfer, address),
            framed(address, query(4, "other", RecordType.AXFR)),
            framed(transfer, query(5, "outside.test", RecordType.A)),
            Arrays.copyOf(framed(transfer, address), 60),
            framed(new byte[11]),
            new byte[] {2, 1},
            framed("\1\2\200\0\0\1\0\0\0\0\0\0\0\0\1\0\1".getBytes(ISO_8859_1)),
            framed("\1\2\0\0\0\1\0\0\0\0\0\0\0\0\1\0\3".getBytes(ISO_8859_1)));
    List<String> sources = List.of(CLIENT, "127.60.0.2", STRANGER);
    List<byte[]> expected = new ArrayList<>();
    List<String> expectedLog;
    try (ServerProcess server = axfrdns.startBehindTcpserver(original)) {
      expectedLog = exchangeAll(server, axfrdns, sources, connections, expected);
    }
    List<byte[]> actual = new ArrayList<>();
    try (ServerProcess server = axfrdns.startBehindTcpserver(Suite.launcher("axfrdns"))) {
      assertEquals(expectedLog, exchangeAll(server, axfrdns, sources, connections, actual));
    }
    for (int i = 0; i < expected.size(); i++) {
      assertArrayEquals(expected.get(i), actual.get(i), "connection " + i);
    }
  }

  private static byte[] framed(byte[]... queries) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] query : queries) {
      out.write(query.length >> 8);
      out.write(query.length);
      out.writeBytes(query);
    }
    return out.toByteArray();
  }

  /** Has all connections, one after the other; returns the log, without what differs each time. */
  private static List<String> exchangeAll(
      ServerProcess server,
      AxfrdnsProcess axfrdns,
      List<String> sources,
      List<byte[]> connections,
      List<byte[]> received)
      throws Exception {
    int ended = 0;
    for (int i = 0; i < connections.size() + sources.size() - 1; i++) {
      boolean first = i < connections.size();
      String source = first ? CLIENT : sources.get(i - connections.size() + 1);
      try (Socket socket = axfrdns.connect(source, BUFFER_BYTES)) {
        received.add(exchange(socket, connections.get(first ? i : 1)));
      }
      int so = ++ended;
      server.await(
          () -> server.log().stream().filter(line -> line.contains(": end ")).count() == so);
    }
    return server.log().stream()
        .filter(line -> !line.contains("status: "))
        .map(line ->
            line.replaceAll("pid \\d+|(?<=ok |deny |end )\\d+", "PID")
                .replaceAll(":\\d+$", ":PORT")
                .replaceAll("^([0-9a-f]{8}):[0-9a-f]{4}:", "$1:PORT:"))
        .toList();
  }

  private static byte[] exchange(Socket socket, byte[] bytes) throws IOException {
    ByteArrayOutputStream received = new ByteArrayOutputStream();
    try {
      socket.getOutputStream().write(bytes);
      socket.shutdownOutput();
      socket.getInputStream().transferTo(received);
    } catch (SocketException e) {
      // tcpserver ends a denied connection unread.
      assertTrue(e.getMessage().matches("Connection reset|Broken pipe"), e.getMessage());
    }
    return received.toByteArray();
  }
}
