package djbdns.posix;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A file that would have its reader wait makes a test run into its time limit. */
@Timeout(60)
final class RegularFileTest {
  @TempDir Path directory;

  private final FileSystem files = new FileSystem();
  private final Descriptors descriptors = new Descriptors();

  private Path fifo() throws IOException {
    Path fifo = directory.resolve("fifo");
    files.makeFifo(FileSystem.CURRENT, fifo.toString(), 0600);
    return fifo;
  }

  private static String reason(Path file) {
    return assertThrows(NotRegularFileException.class, () -> RegularFile.open(file)).getReason();
  }

  @Test
  void shouldRefuseWhatIsNoRegularFile() throws IOException {
    assertEquals("not a regular file", reason(fifo()));
    assertEquals("not a regular file", reason(Path.of("/dev/zero")));
    assertEquals("is a directory", reason(directory));
    Path socket = directory.resolve("socket");
    try (ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.bind(UnixDomainSocketAddress.of(socket));
      assertEquals("not a regular file", reason(socket));
    }
    Path link = Files.createSymbolicLink(directory.resolve("link"), directory.resolve("fifo"));
    assertEquals("not a regular file", reason(link));
  }

  @Test
  void shouldReadAllOfAFileByStreamAndByPosition() throws IOException {
    byte[] content = new byte[200_000];
    new SplittableRandom(1).nextBytes(content);
    Path path = Files.write(directory.resolve("file"), content);
    try (RegularFile file = RegularFile.open(path);
        Arena arena = Arena.ofConfined()) {
      assertEquals(content.length, file.status().sizeBytes());
      assertArrayEquals(content, file.stream().readAllBytes());
      MemorySegment buffer = arena.allocate(10);
      assertEquals(10, file.read(buffer, 100_000));
      assertEquals(content[100_009], buffer.get(ValueLayout.JAVA_BYTE, 9));
      assertEquals(0, file.read(buffer, content.length));
    }
  }

  @Test
  void shouldHoldNoMoreTextThanItMay() throws IOException {
    Path path = Files.write(directory.resolve("file"), new byte[] {'a', (byte) 0xe4, '\n'});
    assertEquals("a\u00e4\n", RegularFile.readText(path, 3));
    FileSystemException tooBig =
        assertThrows(FileSystemException.class, () -> RegularFile.readText(path, 2));
    assertEquals("file too big", tooBig.getReason());
  }

  @Test
  void shouldFailAsJavaDoes() {
    assertThrows(NoSuchFileException.class, () -> RegularFile.open(directory.resolve("missing")));
    FileSystemException tooLong =
        assertThrows(
            FileSystemException.class, () -> RegularFile.open(directory.resolve("x".repeat(999))));
    assertEquals(36, ((PosixException) tooLong.getCause()).errno());
  }

  @Test
  void shouldFindFilesWhoseNamesAreNotAscii() throws IOException {
    Path path = directory.resolve("\u00e4");
    Files.writeString(path, "x");
    assertEquals("x", RegularFile.readText(path, 1));
  }

  @Test
  void shouldBeClosedOnce() throws IOException {
    Path path = Files.writeString(directory.resolve("file"), "x");
    RegularFile file = RegularFile.open(path);
    InputStream in = file.stream();
    in.close();
    // Whoever gets the number next must not lose it.
    int next = files.open(FileSystem.CURRENT, path.toString(), FileSystem.READ);
    in.close();
    file.close();
    assertEquals(1, descriptors.read(next, new byte[1]));
    descriptors.close(next);
  }
}
