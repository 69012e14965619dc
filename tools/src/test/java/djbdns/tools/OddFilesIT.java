package djbdns.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.posix.FileSystem;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
    Path temporary = Files.createSymbolicLink(directory.resolve("data.tmp"), fifo);
    assertRefused("tinydns-data: fatal: unable to create data.tmp", Map.of(), "tinydns-data");
    Files.delete(temporary);
    Files.createSymbolicLink(temporary, directory.resolve("data"));
    assertEquals(
        "tinydns-data: fatal: unable to create data.tmp: it is the data file itself\n",
        execute(Map.of(), "tinydns-data").error());
    assertEquals("+a.test:192.0.2.1\n", Files.readString(directory.resolve("data")));
  }

  @Test
  void shouldLeaveAFifoAloneThatACommandIsToReplace() throws Exception {
    Files.writeString(directory.resolve("data"), "+a.test:192.0.2.1\n");
    Path database = directory.resolve("data.cdb");
    Files.createSymbolicLink(database, fifo);
    assertEquals(0, execute(Map.of(), "tinydns-data").exitCode());
    assertTrue(Files.isRegularFile(database, LinkOption.NOFOLLOW_LINKS));
    Files.delete(database);
    Files.createLink(database, fifo);
    assertRefused(
        "tinydns-data: fatal: unable to move data.tmp to data.cdb", Map.of(), "tinydns-data");
    Files.writeString(directory.resolve("zone"), ZONE);
    assertRefused(
        "tinydns-import: fatal: unable to move tmp to fifo",
        Map.of(),
        "tinydns-import",
        "a.test",
        "zone",
        "fifo",
        "tmp");
    assertTrue(Files.readAttributes(fifo, BasicFileAttributes.class).isOther());
    assertFalse(Files.exists(directory.resolve("tmp")));
  }

  @Test
  void shouldLoseNothingWhenManyEditAFile() throws Exception {
    Files.writeString(directory.resolve("data"), ".a.test:127.0.0.1:a\n");
    String edits =
        "for i in 1 2 3 4 5 6 7 8; do \"$0\" data new add alias h$i.a.test 192.0.2.$i & all=\"$all"
            + " $!\"; done; for pid in $all; do wait $pid || exit; done; sort data";
    Execution execution =
        Execution.of(
            directory,
            TinydnsProcess.JAVA_ENVIRONMENT,
            List.of("sh", "-c", edits, Suite.launcher("tinydns-edit").toString()));
    String expected =
        IntStream.rangeClosed(1, 8)
            .mapToObj(i -> "+h%d.a.test:192.0.2.%d:86400\n".formatted(i, i))
            .collect(Collectors.joining("", "", ".a.test:127.0.0.1:a\n"));
    assertEquals("", execution.error());
    assertEquals(expected, execution.output());
  }

  @Test
  void shouldSayThatOutputIsLost() throws Exception {
    Files.writeString(directory.resolve("data"), "+a.test:192.0.2.1x\n");
    execute(Map.of(), "tinydns-data");
    String[] commands = {
      "tinydns-lint", "tinydns-lint --help", "tinydns-get a a.test", "svstat .", "dnsname --version"
    };
    for (String command : commands) {
      String[] words = command.split(" ", 2);
      Execution execution =
          Execution.of(
              directory,
              TinydnsProcess.JAVA_ENVIRONMENT,
              List.of(
                  "sh",
                  "-c",
                  "exec \"$0\" $1 >/dev/full",
                  Suite.launcher(words[0]).toString(),
                  words.length > 1 ? words[1] : ""));
      assertEquals(
          words[0] + ": fatal: unable to write output: out of disk space\n", execution.error());
      assertEquals(111, execution.exitCode());
    }
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
