package djbdns.dnscache;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
final class StandardInputSeedTest {
  @TempDir Path directory;

  private static byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    new SplittableRandom(count).nextBytes(bytes);
    return bytes;
  }

  @Test
  void shouldTakeUpTo128Bytes() {
    assertArrayEquals(bytes(128), StandardInputSeed.read(new ByteArrayInputStream(bytes(128))));
    assertArrayEquals(bytes(5), StandardInputSeed.read(new ByteArrayInputStream(bytes(5))));
    byte[] more = bytes(1000);
    assertArrayEquals(
        Arrays.copyOf(more, 128), StandardInputSeed.read(new ByteArrayInputStream(more)));
  }

  @Test
  void shouldReadAFileAndCloseIt() throws IOException {
    Path file = Files.write(directory.resolve("seed"), bytes(128));
    FileInputStream in = new FileInputStream(file.toFile());
    assertArrayEquals(bytes(128), StandardInputSeed.read(in));
    assertThrows(IOException.class, in::read);
  }

  @Test
  void shouldTakeNothingFromNothing() throws IOException {
    try (FileInputStream empty = new FileInputStream("/dev/null")) {
      assertEquals(0, StandardInputSeed.read(empty).length);
    }
    InputStream closed = new FileInputStream("/dev/null");
    closed.close();
    assertEquals(0, StandardInputSeed.read(closed).length);
  }

  @Test
  void shouldNotWaitForASilentPipe() throws Exception {
    Process silent = new ProcessBuilder("cat").start();
    try {
      assertEquals(0, StandardInputSeed.read(silent.getInputStream()).length);
    } finally {
      silent.destroy();
      silent.waitFor();
    }
  }
}
