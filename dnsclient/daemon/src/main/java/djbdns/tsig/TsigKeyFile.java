package djbdns.tsig;

import djbdns.posix.UserFile;
import djbdns.wire.MalformedTextException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A file of keys: a line for each, as {@link TsigKey#parse} takes it. Empty lines, and lines that
 * start with {@code #}, are left out; blanks around a line are ignored.
 */
public final class TsigKeyFile {
  private static final Set<PosixFilePermission> OTHERS =
      Set.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);

  private static final int MAX_BYTES = 1 << 24;

  private TsigKeyFile() {}

  /**
   * Reads a file.
   *
   * @throws IOException if it cannot be read, its group or others may read it, or a line is not a
   *     key; its message ends a sentence such as "unable to use FILE: "
   */
  public static TsigKeys read(Path file) throws IOException {
    if (Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains)) {
      throw new IOException("others may read it");
    }
    return parse(UserFile.readText(file, MAX_BYTES));
  }

  private static TsigKeys parse(String text) throws IOException {
    List<TsigKey> keys = new ArrayList<>();
    int number = 0;
    for (String line : text.split("\n", -1)) {
      number++;
      String key = line.strip();
      if (key.isEmpty() || key.startsWith("#")) {
        continue;
      }
      try {
        keys.add(TsigKey.parse(key));
      } catch (MalformedTextException e) {
        throw new IOException("line " + number + ": " + e.getMessage(), e);
      }
    }
    try {
      return new TsigKeys(keys);
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
