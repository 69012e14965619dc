package djbdns.dnscache.control;

import static org.junit.jupiter.api.Assertions.assertEquals;

import djbdns.server.EventLoops;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command as a process of its own. */
@Timeout(120)
final class DnscachectlTest {
  private static final String USAGE =
      "100 dnscachectl: usage: dnscachectl [ -s socket | -d directory ]"
          + " flush name | flush-tree name | stats | dump | servers | reload\n";

  @TempDir Path directory;

  private final EventLoops loops = new EventLoops(1);

  @AfterEach
  void stop() {
    loops.close();
  }

  private void listen() throws IOException {
    int user = (int) Files.getAttribute(directory, "unix:uid");
    ControlServer.listen(loops.all().getFirst(), directory.resolve("control"), user)
        .start(new RecordedCommands());
  }

  @Test
  void shouldFindEachSocketOnce() throws IOException {
    Path services = Files.createDirectories(directory.resolve("etc/service"));
    Path cache = Files.createDirectory(services.resolve("cache"));
    Files.createDirectory(services.resolve("other"));
    Path plain = Files.createDirectory(services.resolve("plain"));
    Files.createFile(plain.resolve("control"));
    Files.createSymbolicLink(services.resolve("again"), cache);
    Path link = Files.createSymbolicLink(directory.resolve("service"), services);
    try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      socket.bind(UnixDomainSocketAddress.of(cache.resolve("control")));
      List<Path> found = Dnscachectl.sockets(List.of(link, services, directory.resolve("none")));
      assertEquals(1, found.size());
      assertEquals(cache.toRealPath(), found.getFirst().getParent().toRealPath());
    }
  }

  /** Exit code and output. */
  private String run(String... args) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
            ProcessHandle.current().info().command().orElseThrow(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Dnscachectl.class.getName());
    builder.command().addAll(List.of(args));
    Process process = builder.directory(directory.toFile()).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    return process.waitFor() + " " + output;
  }

  @Test
  void shouldFindTheSocketAndShowTheResponse() throws Exception {
    listen();
    assertEquals("0 flushed www.example.test\n", run("flush", "WWW.example.test."));
    assertEquals("0 queries 1\nhits 2\nmisses 3\n", run("-d", directory.toString(), "stats"));
    assertEquals(
        "0 flushed tree a\\056b\ntwo lines\n",
        run("-s", directory.resolve("control").toString(), "flush-tree", "a\\.b"));
    assertEquals("0 ", run("reload"));
  }

  @Test
  void shouldSayWhatWentWrong() throws Exception {
    listen();
    assertEquals("111 dnscachectl: fatal: unable to write dump: out of disk space\n", run("dump"));
    assertEquals(
        "111 dnscachectl: fatal: unable to connect to none/control: file does not exist\n",
        run("-d", "none", "stats"));
    String label = "x".repeat(64);
    assertEquals(
        "111 dnscachectl: fatal: unable to parse " + label + ": protocol error\n",
        run("flush", label));
  }

  @Test
  void shouldSayThatNobodyListens() throws Exception {
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(directory.resolve("control")));
    }
    assertEquals(
        "111 dnscachectl: fatal: unable to connect to control: connection refused\n",
        run("-s", "control", "stats"));
  }

  @Test
  void shouldNotTakeHalfAResponse() throws Exception {
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(directory.resolve("control")));
      for (String response : List.of("", "ok 2\none\n", "ok x\n", "hello\n")) {
        Thread thread = Thread.ofPlatform().start(() -> respond(server, response));
        String problem =
            response.contains("l") || response.contains("x")
                ? "protocol error"
                : "connection closed";
        assertEquals(
            "111 dnscachectl: fatal: unable to speak to control: " + problem + "\n",
            run("-s", "control", "stats"));
        thread.join();
      }
    }
  }

  @Test
  void shouldTellWhatCouldNotBeDone() throws Exception {
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(directory.resolve("control")));
      String response = "ok 2\nzones 1\nwarning unable to parse servers/x line 1: y\n";
      Thread thread = Thread.ofPlatform().start(() -> respond(server, response));
      assertEquals(
          "111 zones 1\ndnscachectl: warning: unable to parse servers/x line 1: y\n",
          run("reload", "-s", "control"));
      thread.join();
    }
  }

  private static void respond(ServerSocketChannel server, String response) {
    try (SocketChannel channel = server.accept()) {
      channel.read(ByteBuffer.allocate(100));
      channel.write(ByteBuffer.wrap(response.getBytes(StandardCharsets.US_ASCII)));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void shouldShowItsUsage() throws Exception {
    assertEquals(USAGE, run());
    assertEquals(USAGE, run("flush"));
    assertEquals(USAGE, run("stats", "x"));
    assertEquals(USAGE, run("quit"));
    assertEquals(USAGE, run("-s"));
    assertEquals(USAGE, run("-s", "a", "-d", "b", "stats"));
    assertEquals(USAGE, run("flush", "a", "b"));
  }
}
