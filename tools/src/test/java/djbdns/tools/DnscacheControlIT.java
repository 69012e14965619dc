package djbdns.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import djbdns.posix.FileSystem;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an administrator tells a running dnscache, by dnscachectl and by signals. */
@Timeout(120)
final class DnscacheControlIT {
  private static final String IP = "127.33.2.1";
  private static final String CONTENT_IP = "127.33.2.2";

  /** Nobody listens there, so that no question leaves the machine. */
  private static final String NO_ROOT = "127.33.2.3:9";

  private static final String DATA =
      """
      .example.test:127.0.0.1:a
      +www.example.test:192.0.2.1
      .other.test:127.0.0.1:a
      +www.other.test:192.0.2.2
      """;

  @TempDir private Path directory;

  private TinydnsProcess content;
  private String contentAddress;
  private DnscacheSetup setup;
  private int port;

  @BeforeEach
  void start() throws Exception {
    assumeTrue(TinydnsProcess.isRoot(), "the dump is written by another user, which takes root");
    Path own = Files.createDirectory(directory.resolve("content"));
    content = TinydnsProcess.start(own, InetAddress.ofLiteral(CONTENT_IP), DATA);
    contentAddress = CONTENT_IP + ":" + content.address().getPort();
    port = TinydnsProcess.freePort(InetAddress.ofLiteral(IP));
    Path service = Files.createDirectory(directory.resolve("dnscache"));
    setup =
        DnscacheSetup.create(
                service,
                IP,
                Map.of("@", List.of(NO_ROOT), "example.test", List.of(contentAddress)),
                List.of("127"))
            .with("PORT", Integer.toString(port))
            .with("CACHEDUMP", "var/cache");
    Path var = Files.createDirectory(service.resolve("root/var"));
    Files.setAttribute(var, "unix:uid", 65534);
  }

  @AfterEach
  void stop() {
    if (content != null) {
      content.close();
    }
  }

  private Execution control(String... words) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Suite.launcher("dnscachectl").toString());
    command.addAll(List.of("-d", setup.directory().toString()));
    command.addAll(List.of(words));
    return Execution.of(directory, TinydnsProcess.JAVA_ENVIRONMENT, command);
  }

  private String ask(String name) throws Exception {
    Map<String, String> environment = new HashMap<>(TinydnsProcess.JAVA_ENVIRONMENT);
    environment.put("DNSCACHEIP", IP + ":" + port);
    List<String> command = List.of(Suite.launcher("dnsqr").toString(), "a", name);
    return Execution.of(directory, environment, command).output();
  }

  private static long questionsToServers(ServerProcess server) throws Exception {
    return server.log().stream().filter(line -> line.startsWith("tx ")).count();
  }

  @Test
  void shouldNameWhoMayNotAskAndSayThatNobodyElseCan() throws Exception {
    Path clients = setup.directory().resolve("root/ip");
    Files.move(clients.resolve("127"), clients.resolve("192.168.1"));
    try (ServerProcess server = setup.start(Optional.empty())) {
      server.awaitLogged("dnscache: warning: only this host can ask: ");
      Map<String, String> environment = new HashMap<>(TinydnsProcess.JAVA_ENVIRONMENT);
      environment.put("DNSCACHEIP", IP + ":" + port);
      List<String> command =
          List.of(Suite.launcher("dnsqr").toString(), "a", "www.example.test", "--timeout", "1");
      assertEquals(
          "1 www.example.test:\ntimed out\n",
          Execution.of(directory, environment, command).output());
      server.awaitLogged("dnscache: warning: no answer to 127.");
      String stats = control("stats").output();
      assertTrue(stats.matches("(?s).*\ndenied [1-9][0-9]*\n.*"), stats);
    }
  }

  @Test
  void shouldTellWhatIsWrongWithAFileAfterReload() throws Exception {
    try (ServerProcess _ = setup.start(Optional.empty())) {
      Files.writeString(setup.directory().resolve("root/servers/bad.test"), "nonsense\n");
      assertEquals(
          new Execution(
              111,
              "zones 3\n",
              "dnscachectl: warning: unable to parse servers/bad.test line 1: nonsense\n"
                  + "dnscachectl: warning: servers/bad.test has no address:"
                  + " bad.test and names below it fail\n"),
          control("reload"));
    }
  }

  @Test
  void shouldForgetWhatItIsToldToForget() throws Exception {
    try (ServerProcess server = setup.start(Optional.empty())) {
      ask("www.example.test");
      ask("www.example.test");
      assertEquals(1, questionsToServers(server));
      assertEquals("flushed 1\n", control("flush", "www.example.test").output());
      ask("www.example.test");
      assertEquals("flushed 1\n", control("flush-tree", "test").output());
      ask("www.example.test");
      server.await(() -> server.log().stream().filter(l -> l.startsWith("tx ")).count() == 3);
      assertTrue(control("stats").output().contains("\nentries 1\n"));
      assertTrue(control("servers").output().startsWith(contentAddress + " "));
    }
  }

  @Test
  void shouldReadServersAnewWithoutLosingTheCache() throws Exception {
    try (ServerProcess server = setup.start(Optional.empty())) {
      ask("www.example.test");
      Path servers = setup.directory().resolve("root/servers");
      Files.writeString(servers.resolve("other.test"), contentAddress + "\n");
      server.signal("HUP");
      server.await(() -> askQuietly("www.other.test").contains("192.0.2.2"));
      ask("www.example.test");
      assertTrue(server.logged(line -> line.startsWith("cached 1 www.example")).isPresent());
      Files.writeString(servers.resolve("third.test"), contentAddress + "\n");
      assertEquals("zones 4\n", control("reload").output());
    }
  }

  /** A reload that waits for a FIFO's writer never ends. */
  @Test
  void shouldReadServersAnewWhateverLiesAmongThem() throws Exception {
    Path servers = setup.directory().resolve("root/servers");
    new FileSystem().makeFifo(FileSystem.CURRENT, servers.resolve("fifo").toString(), 0644);
    try (ServerProcess server = setup.start(Optional.empty())) {
      String fifo = "dnscache: warning: unable to read servers/fifo: not a regular file";
      assertTrue(server.logged(fifo::equals).isPresent());
      assertTrue(ask("www.example.test").contains("192.0.2.1"));
      Files.createDirectory(servers.resolve("directory"));
      Files.writeString(servers.resolve("other.test"), contentAddress + "\n");
      assertEquals("zones 5\n", control("reload").output());
      assertTrue(ask("www.other.test").contains("192.0.2.2"));
      server.signal("HUP");
      server.await(() -> server.log().stream().filter(fifo::equals).count() == 3);
    }
  }

  /** And the cache, which is read while nobody is served yet. */
  @Test
  void shouldStartWhereTheCacheIsNoRegularFile() throws Exception {
    Path dump = setup.directory().resolve("root/var/cache");
    new FileSystem().makeFifo(FileSystem.CURRENT, dump.toString(), 0644);
    try (ServerProcess server = setup.start(Optional.empty())) {
      String warning = "dnscache: warning: unable to read the cache: not a regular file";
      assertTrue(server.logged(warning::equals).isPresent());
      assertTrue(control("dump").output().startsWith("dumped "));
      assertTrue(Files.isRegularFile(dump));
    }
  }

  @Test
  void shouldAskNobodyWhereAnEmptyFileSaysSo() throws Exception {
    Files.writeString(setup.directory().resolve("root/servers/@"), "");
    try (ServerProcess server = setup.start(Optional.empty())) {
      String line = "dnscache: warning: servers/@ has no address: all other names fail";
      assertTrue(server.logged(line::equals).isPresent());
      assertTrue(ask("www.example.org").contains("temporary failure"));
      assertTrue(ask("www.example.test").contains("192.0.2.1"));
      assertEquals(1, questionsToServers(server));
    }
  }

  private String askQuietly(String name) {
    try {
      return ask(name);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void shouldKeepTheCacheOverARestart() throws Exception {
    Path dump = setup.directory().resolve("root/var/cache");
    try (ServerProcess server = setup.start(Optional.empty())) {
      ask("www.example.test");
      server.signal("USR1");
      server.await(() -> Files.exists(dump));
    }
    content.close();
    try (ServerProcess server = setup.start(Optional.empty())) {
      assertTrue(ask("www.example.test").contains("192.0.2.1"));
      assertEquals(0, questionsToServers(server));
    }
    Files.writeString(dump, "damaged");
    try (ServerProcess server = setup.start(Optional.empty())) {
      assertTrue(server.logged(line -> line.contains("the dump is damaged")).isPresent());
    }
  }

  @Test
  void shouldSayWhatIsWrong() throws Exception {
    Execution nobody = control("stats");
    assertEquals(111, nobody.exitCode());
    assertTrue(nobody.error().startsWith("dnscachectl: fatal: unable to connect to "));
    assertEquals(100, control("forget", "everything").exitCode());
  }
}
