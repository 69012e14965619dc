package djbdns.posix;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A file that is open for reading, and is a regular one. Whoever opens a FIFO by Java's own means
 * waits until somebody writes to it, and opening a device may do anything; so nothing else than a
 * regular file is opened at all, and should the name have come to mean something else in between,
 * opening it waits for nobody.
 *
 * <p>Failures are the exceptions of java.nio.file; where those have no class of their own, the
 * cause is a {@link PosixException}. For use by one thread at a time.
 */
public final class RegularFile implements AutoCloseable {
  private static final FileSystem FILES = new FileSystem();
  private static final Descriptors DESCRIPTORS = new Descriptors();

  private static final int OPEN = FileSystem.READ | FileSystem.NONBLOCKING | FileSystem.NO_TERMINAL;
  private static final int BUFFER_BYTES = 1 << 16;

  private final int descriptor;
  private final FileStatus status;
  private final Path path;
  private boolean closed;

  private RegularFile(Path path, int descriptor, FileStatus status) {
    this.path = path;
    this.descriptor = descriptor;
    this.status = status;
  }

  /**
   * Opens a file.
   *
   * @throws NotRegularFileException if it is none
   * @throws FileSystemException if it cannot be opened
   */
  public static RegularFile open(Path file) throws IOException {
    String name = bytesOf(file);
    try {
      check(file, FILES.status(FileSystem.CURRENT, name));
      return open(file, name);
    } catch (PosixException e) {
      throw translated(file, e);
    }
  }

  private static void check(Path file, FileStatus status) throws NotRegularFileException {
    if (!status.isRegular()) {
      throw new NotRegularFileException(file, status.isDirectory());
    }
  }

  private static RegularFile open(Path file, String name) throws IOException {
    int descriptor = FILES.open(FileSystem.CURRENT, name, OPEN);
    try {
      FileStatus status = FILES.status(descriptor);
      check(file, status);
      return new RegularFile(file, descriptor, status);
    } catch (IOException e) {
      DESCRIPTORS.close(descriptor);
      throw e;
    }
  }

  /**
   * The whole content of a file, a character for each byte.
   *
   * @throws FileSystemException as {@link #open}, and if there are more than {@code maxBytes}
   */
  public static String readText(Path file, int maxBytes) throws IOException {
    try (RegularFile open = open(file)) {
      return open.readText(maxBytes);
    }
  }

  /**
   * Has everything in place that reading files takes, for a process that will soon find no files of
   * the JDK any more.
   */
  public static void prepare() throws IOException {
    // Every JDK has it: classes are read from there.
    try (RegularFile file = open(Path.of(System.getProperty("java.home"), "lib", "modules"));
        Arena arena = Arena.ofConfined();
        InputStream stream = file.stream()) {
      file.read(arena.allocate(1), 0);
      stream.read();
    }
  }

  /** The name with a character for each byte; text that is not ASCII depends on the locale. */
  private static String bytesOf(Path file) {
    String text = file.toString();
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > '~') {
        return decoded(file.toUri());
      }
    }
    return text;
  }

  private static String decoded(URI uri) {
    String text = uri.getRawPath();
    StringBuilder bytes = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '%') {
        bytes.append((char) Integer.parseInt(text, i + 1, i + 3, 16));
        i += 2;
      } else {
        bytes.append(text.charAt(i));
      }
    }
    return bytes.toString();
  }

  private static FileSystemException translated(Path file, PosixException cause) {
    String name = file.toString();
    FileSystemException exception =
        switch (cause.errno()) {
          case Errno.ENOENT -> new NoSuchFileException(name);
          case Errno.EACCES -> new AccessDeniedException(name);
          default -> new FileSystemException(name);
        };
    exception.initCause(cause);
    return exception;
  }

  /** The status of the file when it was opened. */
  public FileStatus status() {
    return status;
  }

  /**
   * Reads from a position.
   *
   * @param buffer off the heap
   * @return how many bytes, 0 at the end of the file
   */
  public int read(MemorySegment buffer, long position) throws IOException {
    return DESCRIPTORS.read(descriptor, buffer, position);
  }

  /**
   * The whole content, a character for each byte.
   *
   * @throws FileSystemException if there are more than {@code maxBytes}
   */
  public String readText(int maxBytes) throws IOException {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    try (InputStream in = stream()) {
      content.write(in.readNBytes(maxBytes));
      if (in.read() >= 0) {
        throw new FileSystemException(path.toString(), null, "file too big");
      }
    }
    return content.toString(StandardCharsets.ISO_8859_1);
  }

  /** The content from where it was last read; closing the stream closes the file. */
  public InputStream stream() {
    return new Stream(this);
  }

  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      DESCRIPTORS.close(descriptor);
    }
  }

  /** Reads into memory of its own, from where Java's arrays are filled. */
  private static final class Stream extends InputStream {
    private final RegularFile file;
    private final Arena arena = Arena.ofConfined();
    private final MemorySegment buffer = arena.allocate(BUFFER_BYTES);

    Stream(RegularFile file) {
      this.file = file;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      Objects.checkFromIndexSize(offset, length, bytes.length);
      if (length == 0) {
        return 0;
      }
      int count =
          DESCRIPTORS.read(file.descriptor, buffer.asSlice(0, Math.min(length, BUFFER_BYTES)));
      MemorySegment.copy(buffer, ValueLayout.JAVA_BYTE, 0, bytes, offset, count);
      return count == 0 ? -1 : count;
    }

    @Override
    public void close() throws IOException {
      if (arena.scope().isAlive()) {
        arena.close();
        file.close();
      }
    }
  }
}
