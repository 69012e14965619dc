package djbdns.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.posix.FileSystem;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** FIFOs and the like where files are read; whoever waits for them runs into the time limit. */
@Timeout(120)
final class OddFilesIT {
  private static final String ZONE = "$ORIGIN a.test.\n@ 60 IN SOA ns x 1 2 3 4 5\n@ 60 IN NS ns\n";

  @TempDir private Path directory;

  private Path fifo;

  @BeforeEach
  void makeFifo() throws Exception {
    fifo = directory.resolve("fifo");
    new FileSystem().makeFifo(FileSystem.CURRENT, fifo.toString(), 0644);
  }

  @Test
  void shouldGoOnReloadingAfterAFifo() throws Exception {
    Path own = Files.createDirectory(directory.resolve("own"));
    Path source = Files.createDirectory(directory.resolve("source"));
    try (TinydnsProcess tinydns =
        TinydnsProcess.start(own, InetAddress.ofLiteral("127.33.4.1"), "+a.test:192.0.2.1\n")) {
      Path data = tinydns.root().resolve("data.cdb");
      Files.move(fifo, data, StandardCopyOption.ATOMIC_MOVE);
      String refused =
          "tinydns: warning: still serving the old data: unable to open data.cdb: "
              + "not a regular file";
      tinydns.process().await(() -> tinydns.logged(refused::equals).isPresent());
      TinydnsProcess.compile(source, ".test:127.0.0.1:a\n+a.test:192.0.2.2\n");
      Files.move(source.resolve("data.cdb"), data, StandardCopyOption.ATOMIC_MOVE);
      String server = "127.33.4.1:" + tinydns.address().getPort();
      tinydns.process().await(() -> run("dnsq", "a", "a.test", server).contains("192.0.2.2"));
      assertEquals(1, tinydns.process().log().stream().filter(refused::equals).count());
    }
  }

  private String run(String... command) {
    try {
      return execute(Map.of(), command).output();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private Execution execute(Map<String, String> more, String... command) throws Exception {
    Map<String, String> environment = new HashMap<>(TinydnsProcess.JAVA_ENVIRONMENT);
    environment.putAll(more);
    command[0] = Suite.launcher(command[0]).toString();
    return Execution.of(directory, environment, List.of(command));
  }

  private void assertRefused(String error, Map<String, String> environment, String... command)
      throws Exception {
    Execution execution = execute(environment, command);
    assertEquals(111, execution.exitCode());
    assertEquals(error + ": not a regular file\n", execution.error());
  }

  @Test
  void shouldNotWaitForAFifoThatACommandIsToRead() throws Exception {
    Files.createSymbolicLink(directory.resolve("data"), fifo);
    assertRefused("tinydns-data: fatal: unable to open data", Map.of(), "tinydns-data");
    Files.createSymbolicLink(directory.resolve("data.cdb"), fifo);
    assertRefused(
        "tinydns-get: fatal: unable to open data.cdb", Map.of(), "tinydns-get", "a", "a.test");
    String file = fifo.toString();
    assertRefused("tinydns-lint: fatal: unable to open " + file, Map.of(), "tinydns-lint", file);
    assertRefused(
        "tinydns-import: fatal: unable to open " + file,
        Map.of(),
        "tinydns-import",
        "a.test",
        file);
    assertRefused(
        "dnsipq: fatal: unable to find IP address for a",
        Map.of("DNSREWRITEFILE", file),
        "dnsipq",
        "a");
  }

  @Test
  void shouldNotWaitForAFifoThatACommandIsToWrite() throws Exception {
    Files.writeString(directory.resolve("data"), "+a.test:192.0.2.1\n");
    Files.createSymbolicLink(directory.resolve("data.tmp"), fifo);
    assertRefused("tinydns-data: fatal: unable to create data.tmp", Map.of(), "tinydns-data");
  }

  /** What a user has opened is the user's business, and may come late. */
  @Test
  void shouldReadStandardInputWhereAUserNamesIt() throws Exception {
    Files.writeString(directory.resolve("zone"), ZONE);
    String tool = Suite.launcher("tinydns-import").toString();
    String script = "(sleep 1; cat zone) | \"$0\" a.test /dev/stdin";
    Execution execution =
        Execution.of(directory, TinydnsProcess.JAVA_ENVIRONMENT, List.of("sh", "-c", script, tool));
    assertEquals("", execution.error());
    assertTrue(execution.output().contains("Za.test:ns.a.test"), execution.output());
  }
}
