package djbdns.dnscache.cache;

import djbdns.wire.Limits;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;

/** Reads the format of {@link CacheDump} and believes none of it. */
final class DumpReader {
  private static final int BUFFER_BYTES = 1 << 16;

  private final CRC32C checksum = new CRC32C();
  private final DataInputStream in;
  private final long unixSeconds;
  private final byte[] name = new byte[Limits.NAME_BYTES];
  private final byte[] data = new byte[Limits.RDATA_BYTES];
  private final CacheEntry entry = new CacheEntry();

  /**
   * A reader.
   *
   * @param in not closed
   * @param unixSeconds entries that expire later than a week after this expire then
   */
  DumpReader(InputStream in, long unixSeconds) {
    InputStream buffered = new BufferedInputStream(in, BUFFER_BYTES);
    this.in = new DataInputStream(new CheckedInputStream(buffered, checksum));
    this.unixSeconds = unixSeconds;
  }

  /**
   * Reads the whole dump.
   *
   * @throws DamagedDumpException if it is damaged: entries seen before that mean nothing
   */
  void readAll(EntryVisitor visitor) throws IOException {
    try {
      byte[] magic = new byte[DumpWriter.MAGIC.length];
      in.readFully(magic);
      require(Arrays.equals(magic, DumpWriter.MAGIC), "not a dump of a cache");
      require(in.readInt() == DumpWriter.VERSION, "dump of another version");
      int marker = in.readUnsignedByte();
      while (marker == DumpWriter.ENTRY) {
        readEntry(visitor);
        marker = in.readUnsignedByte();
      }
      require(marker == DumpWriter.END, "neither an entry nor the end");
      int expected = (int) checksum.getValue();
      require(in.readInt() == expected, "wrong checksum");
      require(in.read() < 0, "bytes after the end");
    } catch (EOFException e) {
      throw new DamagedDumpException("ends too early");
    }
  }

  private void readEntry(EntryVisitor visitor) throws IOException {
    final int nameLength = in.readUnsignedByte();
    final int type = in.readInt();
    final int kind = in.readUnsignedByte();
    final int rank = in.readUnsignedByte();
    final int queue = in.readUnsignedByte();
    final long expiresAt = in.readLong();
    final int dataLength = in.readUnsignedShort();
    require(kind < Codes.KIND_COUNT, "unknown kind");
    require(rank < Codes.RANK_COUNT, "unknown rank");
    require(queue <= DumpWriter.IN_MAIN + Entries.MAX_USES, "unknown queue");
    require(expiresAt >= 0 && expiresAt <= Entries.MAX_EXPIRY, "impossible time");
    in.readFully(name, 0, nameLength);
    in.readFully(data, 0, dataLength);
    require(DumpCheck.isName(name, nameLength), "not a name in small letters");
    require(DumpCheck.fits(Codes.kind(kind), type), "type and kind do not fit");
    require(DumpCheck.isData(Codes.kind(kind), type, data, dataLength), "data of the wrong form");
    long latest = unixSeconds + CacheDump.MAX_TTL_SECONDS;
    entry.set(
        Codes.kind(kind), Codes.rank(rank), type, Math.min(expiresAt, latest), data, 0, dataLength);
    boolean inMain = queue >= DumpWriter.IN_MAIN;
    visitor.entry(name, nameLength, entry, inMain, queue & Entries.MAX_USES);
  }

  private static void require(boolean condition, String otherwise) throws DamagedDumpException {
    if (!condition) {
      throw new DamagedDumpException(otherwise);
    }
  }
}
