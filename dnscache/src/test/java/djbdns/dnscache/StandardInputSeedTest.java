package djbdns.dnscache;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
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

  /** Another program, to have a standard input of its own. */
  static final class Program {
    private Program() {}

    public static void main(String[] args) {
      System.out.print(StandardInputSeed.read().length);
    }
  }

  private static String runWith(String redirection) throws Exception {
    String java = ProcessHandle.current().info().command().orElseThrow();
    String command = "exec \"$0\" -cp \"$1\" \"$2\" " + redirection;
    Process process =
        new ProcessBuilder(
                "sh",
                "-c",
                command,
                java,
                System.getProperty("java.class.path"),
                Program.class.getName())
            .redirectErrorStream(true)
            .start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    assertEquals(0, process.waitFor(), output);
    return output;
  }

  @Test
  void shouldTakeTheSeedOfARunScript() throws Exception {
    Path file = Files.write(directory.resolve("seed"), bytes(128));
    assertEquals("128", runWith("< " + file));
    assertEquals("0", runWith("< /dev/null"));
  }

  /** The first file that the JVM opens, its own classes, then has the number of standard input. */
  @Test
  void shouldTakeNothingFromAClosedStandardInput() throws Exception {
    assertEquals("0", runWith("<&-"));
  }
}
