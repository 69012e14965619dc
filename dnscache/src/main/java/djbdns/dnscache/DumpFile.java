package djbdns.dnscache;

import djbdns.dnscache.cache.CacheDump;
import djbdns.dnscache.cache.DamagedDumpException;
import djbdns.dnscache.cache.ShardedCache;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** The file that keeps the cache while dnscache does not run: {@code $CACHEDUMP}. */
final class DumpFile {
  private final Path file;
  private final Path temporary;

  DumpFile(Path file) {
    this.file = file;
    temporary = file.resolveSibling(file.getFileName() + ".tmp");
  }

  /**
   * Takes entries that still live from the file, if there is one.
   *
   * @return entries taken
   * @throws DamagedDumpException if it is damaged, and then nothing was taken
   */
  long load(ShardedCache cache, long unixSeconds) throws IOException {
    return Files.exists(file)
        ? CacheDump.load(cache, () -> Files.newInputStream(file), unixSeconds)
        : 0;
  }

  /**
   * Writes the file anew; whoever reads it finds the old one or the new one whole.
   *
   * @return entries written
   */
  long write(ShardedCache cache, long unixSeconds) throws IOException {
    long entries;
    try (FileChannel channel =
        FileChannel.open(
            temporary,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
      entries = CacheDump.write(cache, out, unixSeconds);
      out.flush();
      channel.force(true);
    }
    Files.move(
        temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    return entries;
  }
}
