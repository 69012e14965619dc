package djbdns.dnscache.upstream;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The files that this process may still open (RLIMIT_NOFILE, getrlimit(2)), shared out so that
 * clients' connections leave enough for the sockets towards servers.
 *
 * @param sockets towards servers, open at once; 2 or more
 * @param connections of clients over TCP, open at once; 1 or more
 */
public record OpenFiles(int sockets, int connections) {
  /** Half of the ports: with more in use, random ones would often be taken. */
  private static final int MAX_SOCKETS = 32_768;

  /** For files that are opened for a moment: a reload, the cache's dump, the control socket. */
  private static final int RESERVE = 8;

  private static final Path LIMITS = Path.of("/proc/self/limits");
  private static final Path OPEN = Path.of("/proc/self/fd");
  private static final String LINE = "Max open files";

  /**
   * Shares out what is left. Call it when everything else is open, before a chroot.
   *
   * @param maxConnections of clients; where files are few, they have a third of what is left
   * @throws IOException if {@code /proc} cannot be read
   */
  public static OpenFiles share(int maxConnections) throws IOException {
    try (Stream<Path> open = Files.list(OPEN)) {
      return share(Files.readString(LIMITS), open.count(), maxConnections);
    }
  }

  static OpenFiles share(String limits, long open, int maxConnections) throws IOException {
    long free = softLimit(limits) - open - RESERVE;
    int sockets = Math.clamp(Math.max(free - maxConnections, free * 2 / 3), 2, MAX_SOCKETS);
    return new OpenFiles(sockets, Math.clamp(free - sockets, 1, maxConnections));
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
