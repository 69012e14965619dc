package djbdns.dnscache.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import djbdns.runtime.ErrorText;
import djbdns.server.EventLoops;
import djbdns.server.ServiceLoop;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class ControlServerTest {
  private static final int PATIENT_MS = 60_000;
  private static final int NOBODY = 65_534;

  @TempDir Path directory;

  private final EventLoops loops = new EventLoops(1);
  private final ServiceLoop loop = loops.all().getFirst();
  private Path socket = Path.of("");
  private int userId;

  @BeforeEach
  void locate() throws IOException {
    socket = directory.resolve("control");
    userId = (int) Files.getAttribute(directory, "unix:uid");
  }

  @AfterEach
  void stop() {
    loops.close();
  }

  private ControlServer listen(int timeoutMs) throws IOException {
    ControlServer server = ControlServer.listen(loop, socket, userId, timeoutMs);
    server.start(new RecordedCommands());
    return server;
  }

  private SocketChannel connect() throws IOException {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    channel.connect(UnixDomainSocketAddress.of(socket));
    return channel;
  }

  private static void write(SocketChannel channel, String text) throws IOException {
    channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)));
  }

  /** Everything up to the end of the connection. */
  private static String read(SocketChannel channel) throws IOException {
    return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.ISO_8859_1);
  }

  private String ask(String request) throws IOException {
    try (SocketChannel channel = connect()) {
      write(channel, request);
      return read(channel);
    }
  }

  @Test
  void shouldDoWhatItIsTold() throws IOException {
    listen(PATIENT_MS);
    assertEquals("ok 1\nflushed www.example.test\n", ask("flush WWW.Example.test.\n"));
    assertEquals("ok 1\nflushed .\n", ask("flush .\n"));
    assertEquals("ok 2\nflushed tree test\ntwo lines\n", ask("flush-tree test\n"));
    assertEquals("ok 3\nqueries 1\nhits 2\nmisses 3\n", ask("stats\n"));
    assertEquals("ok 0\n", ask("reload\n"));
    assertEquals("error unable to write dump: out of disk space\n", ask("dump\n"));
  }

  @Test
  void shouldSayWhatIsWrongWithARequest() throws IOException {
    listen(PATIENT_MS);
    String unknown = "error unknown command\n";
    for (String request : List.of("", " ", "flush", "stats now", "STATS", "quit", "flush\0x")) {
      assertEquals(unknown, ask(request + "\n"), request);
    }
    String tooLong = "x".repeat(64);
    assertEquals("error unable to parse name: protocol error\n", ask("flush " + tooLong + "\n"));
    assertTrue(ask("servers\n").startsWith("error unable to run command: "));
    assertEquals("ok 0\n", ask("reload\n"));
  }

  @Test
  void shouldTakeTheLongestName() throws IOException {
    listen(PATIENT_MS);
    String label = "\\377".repeat(63) + ".";
    String name = label.repeat(3) + "\\377".repeat(61);
    assertEquals("ok 2\nflushed tree " + name + "\ntwo lines\n", ask("flush-tree " + name + "\n"));
  }

  @Test
  void shouldAnswerOnlyTheFirstLineAndPutPiecesTogether() throws IOException {
    listen(PATIENT_MS);
    assertEquals("ok 0\n", ask("reload\nstats\nstats\n"));
    try (SocketChannel channel = connect()) {
      for (char c : "reload\n".toCharArray()) {
        write(channel, String.valueOf(c));
      }
      assertEquals("ok 0\n", read(channel));
    }
  }

  @Test
  void shouldRefuseARequestThatIsTooLong() throws IOException {
    listen(PATIENT_MS);
    assertEquals("error request too long\n", ask("x".repeat(1024)));
    assertEquals("error unknown command\n", ask("x".repeat(1023) + "\n"));
  }

  @Test
  void shouldCloseOnASlowClient() throws IOException {
    listen(100);
    try (SocketChannel channel = connect()) {
      write(channel, "stat");
      assertEquals("", read(channel));
    }
    assertEquals("ok 0\n", ask("reload\n"));
  }

  @Test
  void shouldBoundItsConnections() throws IOException {
    listen(PATIENT_MS);
    List<SocketChannel> open = new ArrayList<>();
    for (int i = 0; i < ControlServer.MAX_CONNECTIONS; i++) {
      open.add(connect());
    }
    try (SocketChannel oneMore = connect()) {
      assertEquals("", read(oneMore));
    }
    for (SocketChannel channel : open) {
      write(channel, "reload\n");
      assertEquals("ok 0\n", read(channel));
      channel.close();
    }
    assertEquals("ok 0\n", ask("reload\n"));
  }

  @Test
  void shouldServeWhoCameBeforeTheStart() throws Exception {
    ControlServer server = ControlServer.listen(loop, socket, userId, PATIENT_MS);
    try (SocketChannel early = connect()) {
      write(early, "reload\n");
      server.start(new RecordedCommands());
      assertEquals("ok 0\n", read(early));
    }
  }

  @Test
  void shouldBelongToTheServicesUser() throws IOException {
    assumeTrue(userId == 0, "only root can give a file away");
    userId = NOBODY;
    listen(PATIENT_MS);
    assertEquals(NOBODY, Files.getAttribute(socket, "unix:uid"));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)));
    assertEquals("ok 0\n", ask("reload\n"));
  }

  @Test
  void shouldTakeThePlaceOfAStaleSocketAndOfNothingElse() throws IOException {
    try (ServerSocketChannel crashed = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      crashed.bind(UnixDomainSocketAddress.of(socket));
    }
    assertTrue(Files.exists(socket));
    ControlServer second = listen(PATIENT_MS);
    IOException used = assertThrows(IOException.class, () -> listen(PATIENT_MS));
    assertEquals("file already exists", ErrorText.of(used));
    assertEquals("ok 0\n", ask("reload\n"));
    second.close();
    assertFalse(Files.exists(socket));
    Files.writeString(socket, "precious");
    assertThrows(IOException.class, () -> listen(PATIENT_MS));
    assertEquals("precious", Files.readString(socket));
    Path elsewhere = directory.resolve("missing/control");
    assertThrows(
        IOException.class, () -> ControlServer.listen(loop, elsewhere, userId, PATIENT_MS));
  }

  /** Even if the file's mode let them. */
  @Test
  void shouldListenToNoOtherUser() throws Exception {
    assumeTrue(userId == 0, "only root can become another user");
    userId = NOBODY;
    listen(PATIENT_MS);
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertEquals("ok 0\n", askAs(NOBODY));
    assertEquals("", askAs(NOBODY - 1));
  }

  private String askAs(int user) throws IOException, InterruptedException {
    String script =
        "use Socket; socket(S, PF_UNIX, SOCK_STREAM, 0) or die; "
            + "connect(S, pack_sockaddr_un($ARGV[0])) or die qq(connect: $!); "
            + "$SIG{PIPE} = q(IGNORE); syswrite(S, qq(reload\\n)); print while <S>;";
    Process process =
        new ProcessBuilder(
                "setpriv",
                "--reuid=" + user,
                "--regid=" + user,
                "--clear-groups",
                "perl",
                "-e",
                script,
                socket.toString())
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    assertEquals(0, process.waitFor(), output);
    return output;
  }
}
