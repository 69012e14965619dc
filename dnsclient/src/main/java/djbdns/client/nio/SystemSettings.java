package djbdns.client.nio;

import djbdns.client.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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

  @Override
  public Optional<String> file(String path) throws IOException {
    try {
      byte[] bytes = Files.readAllBytes(Path.of(path));
      return Optional.of(new String(bytes, StandardCharsets.ISO_8859_1));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Times, size and identity: a file that is renamed into place is noticed within any second. */
  @Override
  public Object stamp(String path) {
    try {
      BasicFileAttributes attributes =
          Files.readAttributes(Path.of(path), BasicFileAttributes.class);
      return List.of(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
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
