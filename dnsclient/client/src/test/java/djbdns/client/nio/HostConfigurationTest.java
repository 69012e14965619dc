package djbdns.client.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import djbdns.client.ServerAddress;
import djbdns.client.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When the files of a host are read again. The clock is an argument. */
final class HostConfigurationTest {
  private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);

  @TempDir private Path directory;

  private final Map<String, String> environment = new HashMap<>();

  /** Close to overflow, so that a clock compared without subtraction shows. */
  private long nowNs = Long.MAX_VALUE - SECOND_NS;

  private int reads;

  /** The host's own files are in the test's directory, and reading is counted. */
  private final Settings settings =
      new Settings() {
        private final SystemSettings system = new SystemSettings(environment);

        @Override
        public Optional<String> variable(String name) {
          return system.variable(name);
        }

        @Override
        public Optional<String> file(String path) throws IOException {
          reads++;
          return system.file(moved(path));
        }

        @Override
        public Object stamp(String path) {
          return system.stamp(moved(path));
        }

        @Override
        public String hostName() {
          return "host";
        }
      };

  private final HostConfiguration configuration = new HostConfiguration(settings);

  private String moved(String path) {
    return directory.resolve(Path.of(path).getFileName().toString()).toString();
  }

  private void replace(String name, String text) throws IOException {
    Path next = directory.resolve("next");
    Files.writeString(next, text);
    Files.move(next, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }

  private void assertServer(String expected) throws IOException {
    assertEquals(ServerAddress.parseList(expected), configuration.get(nowNs).servers());
  }

  @Test
  void shouldReadOnceAsLongAsNothingChanges() throws IOException {
    replace("resolv.conf", "nameserver 192.0.2.1\n");
    assertServer("192.0.2.1");
    int readsAtFirst = reads;
    for (int i = 0; i < 5; i++) {
      nowNs += SECOND_NS;
      assertServer("192.0.2.1");
    }
    assertEquals(readsAtFirst, reads);
  }

  @Test
  void shouldReadAFileThatIsRenamedIntoPlace() throws IOException {
    assertServer("127.0.0.1");
    replace("resolv.conf", "nameserver 192.0.2.1\n");
    nowNs += SECOND_NS;
    assertServer("192.0.2.1");
    // As long, and perhaps of the same time.
    replace("resolv.conf", "nameserver 192.0.2.2\n");
    nowNs += SECOND_NS;
    assertServer("192.0.2.2");
    Files.delete(directory.resolve("resolv.conf"));
    nowNs += SECOND_NS;
    assertServer("127.0.0.1");
  }

  @Test
  void shouldLookAtFilesOnceASecondAtMost() throws IOException {
    assertServer("127.0.0.1");
    replace("resolv.conf", "nameserver 192.0.2.1\n");
    nowNs += SECOND_NS - 1;
    assertServer("127.0.0.1");
    nowNs += 1;
    assertServer("192.0.2.1");
  }

  @Test
  void shouldReadRulesThatChange() throws IOException {
    replace("resolv.conf", "search one.test\n");
    assertEquals(List.of("w.one.test"), configuration.get(nowNs).qualifier().candidates("w"));
    replace("dnsrewrite", "?:.two.test\n");
    nowNs += SECOND_NS;
    assertEquals(List.of("w.two.test"), configuration.get(nowNs).qualifier().candidates("w"));
  }

  @Test
  void shouldTryAgainAfterAFileThatCannotBeRead() throws IOException {
    Path file = Files.createDirectory(directory.resolve("resolv.conf"));
    assertThrows(IOException.class, () -> configuration.get(nowNs));
    assertThrows(IOException.class, () -> configuration.get(nowNs));
    Files.delete(file);
    replace("resolv.conf", "nameserver 192.0.2.1\n");
    assertServer("192.0.2.1");
  }

  @Test
  void shouldReportAFileThatCanNoLongerBeRead() throws IOException {
    replace("resolv.conf", "nameserver 192.0.2.1\n");
    assertServer("192.0.2.1");
    Files.delete(directory.resolve("resolv.conf"));
    Files.createDirectory(directory.resolve("resolv.conf"));
    nowNs += SECOND_NS;
    assertThrows(IOException.class, () -> configuration.get(nowNs));
  }
}
