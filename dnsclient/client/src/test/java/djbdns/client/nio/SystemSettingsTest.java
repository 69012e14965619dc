package djbdns.client.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import djbdns.posix.Descriptors;
import djbdns.posix.FileSystem;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

final class SystemSettingsTest {
  private final SystemSettings settings = new SystemSettings(Map.of("A", "b"));

  @Test
  void shouldReadFilesAsBytes(@TempDir Path dir) throws IOException {
    Path file = Files.write(dir.resolve("file"), new byte[] {'a', (byte) 0xff, '\n'});
    assertEquals(Optional.of("a\u00ff\n"), settings.file(file.toString()));
    assertEquals(Optional.empty(), settings.file(dir.resolve("none").toString()));
    assertThrows(IOException.class, () -> settings.file(dir.toString()));
  }

  @Test
  @Timeout(60)
  void shouldNotWaitForAFifo(@TempDir Path dir) throws IOException {
    Path fifo = dir.resolve("fifo");
    new FileSystem().makeFifo(FileSystem.CURRENT, fifo.toString(), 0600);
    FileSystemException refused =
        assertThrows(FileSystemException.class, () -> settings.file(fifo.toString()));
    assertEquals("not a regular file", refused.getReason());
    assertThrows(FileSystemException.class, () -> settings.file("/dev/zero"));
  }

  @Test
  void shouldTakeTheNullDeviceForAnEmptyFile() throws IOException {
    assertEquals(Optional.of(""), settings.file("/dev/null"));
  }

  @Test
  void shouldReadWhatIsOpenAlready() throws IOException {
    Descriptors descriptors = new Descriptors();
    Descriptors.Pipe pipe = descriptors.pipe();
    descriptors.write(pipe.writeEnd(), new byte[] {'a'});
    descriptors.close(pipe.writeEnd());
    assertEquals(Optional.of("a"), settings.file("/dev/fd/" + pipe.readEnd()));
    descriptors.close(pipe.readEnd());
  }

  @Test
  void shouldHoldNoMoreThanAMebibyte(@TempDir Path dir) throws IOException {
    Path file = Files.write(dir.resolve("file"), new byte[(1 << 20) + 1]);
    FileSystemException tooBig =
        assertThrows(FileSystemException.class, () -> settings.file(file.toString()));
    assertEquals("file too big", tooBig.getReason());
  }

  @Test
  void shouldKnowVariablesAndTheHostName() throws IOException {
    assertEquals(Optional.of("b"), settings.variable("A"));
    assertEquals(Optional.empty(), settings.variable("B"));
    assertFalse(settings.hostName().contains("\n"));
    assertNotEquals("", settings.hostName());
  }

  @Test
  void shouldDrawDifferentNumbersFromTheKernel() {
    KernelRandom random = new KernelRandom();
    Set<Long> numbers = new HashSet<>();
    for (int i = 0; i < 1000; i++) {
      numbers.add(random.nextLong());
    }
    assertEquals(1000, numbers.size());
  }
}
