package djbdns.client.nio;

import djbdns.client.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The settings of the host this process runs on. Immutable. */
public final class SystemSettings implements Settings {
  /** Linux's gethostname(2) without a native call. */
  private static final String HOST_NAME_PATH = "/proc/sys/kernel/hostname";

  private static final Path NULL_DEVICE = Path.of("/dev/null");

  private static final int MAX_FILE_BYTES = 1 << 20;

  private final Map<String, String> environment;

  /**
   * Settings with this environment.
   *
   * @param environment as from {@link System#getenv()}
   */
  public SystemSettings(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name));
  }

  /**
   * Reads a regular file, or one that this process has open already, such as {@code /dev/stdin}: a
   * FIFO would have the caller wait for whoever writes to it. The null device is an empty file.
   */
  @Override
  public Optional<String> file(String path) throws IOException {
    Path file = Path.of(path);
    try {
      // What is not there is opened all the same: only that tells why, as where a part of the path
      // is no directory.
      if (Files.exists(file)) {
        check(file);
      }
      return Optional.of(read(file));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private static void check(Path file) throws IOException {
    BasicFileAttributes is = Files.readAttributes(file, BasicFileAttributes.class);
    if (is.isDirectory()) {
      throw new FileSystemException(file.toString(), null, "is a directory");
    }
    if (!is.isRegularFile() && !isOwnDescriptor(file.toString()) && !isNull(file)) {
      throw new FileSystemException(file.toString(), null, "not a regular file");
    }
  }

  private static boolean isOwnDescriptor(String path) {
    return path.equals("/dev/stdin")
        || path.startsWith("/dev/fd/")
        || path.startsWith("/proc/self/fd/");
  }

  private static boolean isNull(Path file) throws IOException {
    String device = "unix:rdev";
    return Files.getAttribute(file, device).equals(Files.getAttribute(NULL_DEVICE, device));
  }

  private static String read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_FILE_BYTES);
      if (in.read() >= 0) {
        throw new FileSystemException(file.toString(), null, "file too big");
      }
      return new String(bytes, StandardCharsets.ISO_8859_1);
    }
  }

  /** Identity, size and the last change of anything about the file, permissions included. */
  @Override
  public Object stamp(String path) {
    try {
      return Files.readAttributes(Path.of(path), "unix:dev,ino,size,ctime");
    } catch (IOException e) {
      // Reading the file says what is wrong, if it is wanted.
      return List.of();
    }
  }

  @Override
  public String hostName() throws IOException {
    return file(HOST_NAME_PATH).orElse("").strip();
  }
}
