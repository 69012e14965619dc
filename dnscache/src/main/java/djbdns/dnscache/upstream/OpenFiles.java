package djbdns.dnscache.upstream;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How many files this process may have open (RLIMIT_NOFILE, getrlimit(2)). */
public final class OpenFiles {
  /** Half of the ports: with more in use, random ones would often be taken. */
  private static final int MAX_SOCKETS = 32_768;

  private static final Path LIMITS = Path.of("/proc/self/limits");
  private static final String LINE = "Max open files";

  private OpenFiles() {}

  /**
   * Sockets towards servers that may be open at once. Call it before a chroot.
   *
   * @param reserve files for everything else; where the limit is tight, a quarter of it remains for
   *     these sockets
   * @return 2 or more
   * @throws IOException if {@code /proc} cannot be read
   */
  public static int sockets(int reserve) throws IOException {
    return sockets(Files.readString(LIMITS), reserve);
  }

  static int sockets(String limits, int reserve) throws IOException {
    long limit = softLimit(limits);
    long sockets = Math.max(limit - reserve, limit / 4);
    return Math.clamp(sockets, 2, MAX_SOCKETS);
  }

  private static long softLimit(String limits) throws IOException {
    for (String line : limits.split("\n", -1)) {
      if (line.startsWith(LINE)) {
        String soft = line.substring(LINE.length()).strip().split("\\s+", -1)[0];
        return soft.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(soft);
      }
    }
    throw new IOException("no line \"" + LINE + "\" in " + LIMITS);
  }
}
