package djbdns.dnscache;

import djbdns.dnscache.cache.CacheDump;
import djbdns.dnscache.cache.ShardedCache;
import djbdns.posix.RegularFile;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** A file with a {@link CacheDump}. Only its owner may read it: it shows what was asked for. */
final class CacheFile {
  private static final int BUFFER_BYTES = 1 << 16;

  private CacheFile() {}

  /**
   * Writes all live entries to a file. Whoever opens it, whenever that is, finds the old file or
   * the new one, whole; meanwhile {@code FILE.new} is beside it.
   *
   * @return entries written
   */
  static long save(ShardedCache cache, Path file, long unixSeconds) throws IOException {
    Path newFile = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(newFile);
    try {
      long count = write(cache, newFile, unixSeconds);
      Files.move(newFile, file, StandardCopyOption.ATOMIC_MOVE);
      return count;
    } catch (IOException e) {
      try {
        Files.deleteIfExists(newFile);
      } catch (IOException second) {
        e.addSuppressed(second);
      }
      throw e;
    }
  }

  private static long write(ShardedCache cache, Path newFile, long unixSeconds) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            newFile,
            Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER_BYTES);
      long count = CacheDump.write(cache, out, unixSeconds);
      out.flush();
      channel.force(true);
      return count;
    }
  }

  /**
   * Adds the entries of a file to a cache.
   *
   * @return entries added
   * @throws IOException as {@link CacheDump#load}
   */
  static long load(ShardedCache cache, Path file, long unixSeconds) throws IOException {
    return CacheDump.load(cache, () -> RegularFile.open(file).stream(), unixSeconds);
  }
}
