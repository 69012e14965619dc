package djbdns.posix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A file that would have its reader wait makes a test run into its time limit. */
@Timeout(60)
final class UserFileTest {
  @TempDir Path directory;

  private final Descriptors descriptors = new Descriptors();

  private Path fifo() throws IOException {
    Path fifo = directory.resolve("fifo");
    new FileSystem().makeFifo(FileSystem.CURRENT, fifo.toString(), 0600);
    return fifo;
  }

  @Test
  void shouldRefuseWhatIsNoRegularFile() throws IOException {
    Path fifo = fifo();
    assertThrows(NotRegularFileException.class, () -> UserFile.open(fifo));
    assertThrows(NotRegularFileException.class, () -> UserFile.open(Path.of("/dev/zero")));
  }

  @Test
  void shouldReadWhatAUserHasOpenedAlreadyWhateverItIsAndHoweverLateItComes() throws Exception {
    Descriptors.Pipe pipe = descriptors.pipe();
    Path link =
        Files.createSymbolicLink(directory.resolve("data"), Path.of("/dev/fd/" + pipe.readEnd()));
    for (Path name : List.of(link, Path.of("/proc/self/fd/" + pipe.readEnd()))) {
      assertThrows(NotRegularFileException.class, () -> UserFile.openChannel(name));
      try (InputStream in = UserFile.open(name)) {
        Thread writer =
            Thread.ofPlatform()
                .start(() -> {
                  try {
                    descriptors.write(pipe.writeEnd(), "late".getBytes(StandardCharsets.US_ASCII));
                  } catch (PosixException e) {
                    throw new AssertionError(e);
                  }
                });
        assertEquals("late", new String(in.readNBytes(4), StandardCharsets.US_ASCII));
        writer.join();
      }
    }
    descriptors.close(pipe.readEnd());
    descriptors.close(pipe.writeEnd());
  }

  @Test
  void shouldOpenADirectoryAndNotReadIt() throws IOException {
    try (InputStream in = UserFile.open(directory)) {
      assertThrows(IOException.class, in::read);
    }
    NotRegularFileException refused =
        assertThrows(NotRegularFileException.class, () -> UserFile.openChannel(directory));
    assertEquals("is a directory", refused.getReason());
  }

  @Test
  void shouldReadTextUpToABound() throws IOException {
    Path path = Files.write(directory.resolve("file"), new byte[] {'a', (byte) 0xe4, '\n'});
    assertEquals("a\u00e4\n", UserFile.readText(path, 3));
    FileSystemException tooBig =
        assertThrows(FileSystemException.class, () -> UserFile.readText(path, 2));
    assertEquals("file too big", tooBig.getReason());
    assertThrows(NoSuchFileException.class, () -> UserFile.open(directory.resolve("missing")));
  }
}
