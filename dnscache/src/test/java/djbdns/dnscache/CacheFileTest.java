package djbdns.dnscache;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.dnscache.cache.CacheEntry;
import djbdns.dnscache.cache.DamagedDumpException;
import djbdns.dnscache.cache.EntryType;
import djbdns.dnscache.cache.Kind;
import djbdns.dnscache.cache.Rank;
import djbdns.dnscache.cache.ShardedCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CacheFileTest {
  private static final long NOW = 1_800_000_000;
  private static final byte[] NAME = {1, 'x', 0};

  private final ShardedCache cache = new ShardedCache(100_000, new Random(1));
  private final ShardedCache other = new ShardedCache(100_000, new Random(2));

  @TempDir private Path directory;

  @BeforeEach
  void fill() {
    CacheEntry entry = new CacheEntry();
    entry.set(Kind.NXDOMAIN, Rank.AUTHORITATIVE, EntryType.NXDOMAIN, NOW + 60, new byte[0], 0, 0);
    cache.put(NAME, NAME.length, entry, NOW);
  }

  @AfterEach
  void close() {
    cache.close();
    other.close();
  }

  @Test
  void shouldLoadWhatWasSaved() throws IOException {
    Path file = directory.resolve("dump");
    Files.writeString(file, "an old file");
    Files.writeString(directory.resolve("dump.new"), "left by a crash");
    assertEquals(1, CacheFile.save(cache, file, NOW));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    try (Stream<Path> files = Files.list(directory)) {
      assertArrayEquals(new Path[] {file}, files.toArray());
    }
    assertEquals(1, CacheFile.load(other, file, NOW));
    assertTrue(other.find(NAME, NAME.length, 1, NOW, new CacheEntry()));
  }

  @Test
  void shouldLeaveTheOldFileWhereTheNewOneCannotBeWritten() throws IOException {
    Path file = directory.resolve("dump");
    Files.createDirectories(directory.resolve("dump.new/full"));
    Files.writeString(file, "an old file");
    assertThrows(IOException.class, () -> CacheFile.save(cache, file, NOW));
    assertEquals("an old file", Files.readString(file));
  }

  @Test
  void shouldTellADamagedFileFromOneThatIsNotThere() throws IOException {
    Path file = directory.resolve("dump");
    assertThrows(NoSuchFileException.class, () -> CacheFile.load(other, file, NOW));
    Files.writeString(file, "dnscache");
    assertThrows(DamagedDumpException.class, () -> CacheFile.load(other, file, NOW));
  }
}
