package djbdns.client.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
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
