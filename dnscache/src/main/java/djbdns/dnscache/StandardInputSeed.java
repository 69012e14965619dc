package djbdns.dnscache;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The seed that a run script gives on standard input ({@code < seed}): up to 128 bytes, after which
 * standard input is closed (dnscache.c). It never waits: a terminal, a silent pipe, {@code
 * /dev/null} or nothing at all is an empty seed.
 */
public final class StandardInputSeed {
  private static final int MAX_BYTES = 128;
  private static final Path DESCRIPTOR = Path.of("/proc/self/fd/0");

  private StandardInputSeed() {}

  /** Reads it. Call it once, before a chroot. */
  public static byte[] read() {
    try {
      // With standard input closed, the descriptor is the first file that the JVM opened.
      Path file = Files.readSymbolicLink(DESCRIPTOR);
      if (file.startsWith(System.getProperty("java.home")) || file.toString().endsWith(".jar")) {
        return new byte[0];
      }
    } catch (IOException e) {
      // No descriptor, or no /proc to find out.
      return new byte[0];
    }
    return read(System.in);
  }

  /** Takes what waits in the stream, and closes it. */
  static byte[] read(InputStream in) {
    try (in) {
      return in.readNBytes(Math.clamp(in.available(), 0, MAX_BYTES));
    } catch (IOException e) {
      // A terminal that hung up, a directory: as without a seed.
      return new byte[0];
    }
  }
}
