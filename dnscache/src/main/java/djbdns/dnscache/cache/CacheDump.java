package djbdns.dnscache.cache;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * A cache as a stream of bytes, so that it outlives its process. Numbers are big-endian.
 *
 * <pre>
 * bytes
 *   8     "dnscache"
 *   4     version: 2
 *   for each entry:
 *     1   1
 *     1   length of the name, 1 to 255
 *     4   type: a record type or an {@link EntryType}
 *     1   kind: 0 records, 1 no data, 2 no name, 3 failure, 4 delegation
 *     1   rank: 0 failure, 1 referral, 2 not authoritative, 3 authoritative
 *     1   queue: 0 to 3 uses, with 4 added in the main ring
 *     8   expiry, Unix seconds
 *     2   length of the data
 *         name in wire form in small letters, data
 *   1     0
 *   4     CRC-32C of everything before
 * </pre>
 *
 * A dump can say no more than the network could: whatever it says dies within {@link
 * #MAX_TTL_SECONDS}.
 */
public final class CacheDump {
  /** Most that a loaded entry lives, in seconds: a week, as in 1.05's cache.c. */
  public static final long MAX_TTL_SECONDS = 604_800;

  private CacheDump() {}

  /** A dump to be read; it is read twice, and must be the same both times. */
  @FunctionalInterface
  public interface Source {
    /** Opens the dump at its beginning. */
    InputStream open() throws IOException;
  }

  /**
   * Writes all live entries. Other threads go on using the cache: each is kept waiting for a few
   * entries at most, and what they change meanwhile may be in the dump or not.
   *
   * @param out neither flushed nor closed
   * @return entries written
   */
  public static long write(ShardedCache cache, OutputStream out, long unixSeconds)
      throws IOException {
    DumpWriter writer = new DumpWriter(out, unixSeconds);
    cache.forEachBatch(writer, writer::writeBatch);
    writer.finish();
    return writer.count();
  }

  /**
   * Adds the entries of a dump that are alive and not in the cache already. All of the dump is
   * checked before the first entry is taken.
   *
   * @return entries added
   * @throws DamagedDumpException if it is damaged, and then the cache is as it was
   * @throws IOException if it cannot be read; if only the second time, or if it has changed by
   *     then, the cache is empty
   */
  public static long load(ShardedCache cache, Source source, long unixSeconds) throws IOException {
    read(source, unixSeconds, (name, nameLength, entry, inMain, uses) -> {});
    long[] added = new long[1];
    try {
      read(
          source,
          unixSeconds,
          (name, nameLength, entry, inMain, uses) ->
              added[0] +=
                  cache.restore(name, nameLength, entry, inMain, uses, unixSeconds) ? 1 : 0);
    } catch (IOException e) {
      cache.clear();
      throw e;
    }
    return added[0];
  }

  private static void read(Source source, long unixSeconds, EntryVisitor visitor)
      throws IOException {
    try (InputStream in = source.open()) {
      new DumpReader(in, unixSeconds).readAll(visitor);
    }
  }
}
