package djbdns.dnscache.cache;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/** Writes the format of {@link CacheDump}: gathers entries under a lock, writes them without. */
final class DumpWriter implements EntryVisitor {
  static final byte[] MAGIC = "dnscache".getBytes(StandardCharsets.US_ASCII);
  static final int VERSION = 2;
  static final int ENTRY = 1;
  static final int END = 0;

  /** Added to the uses of an entry of the main ring. */
  static final int IN_MAIN = 4;

  private final OutputStream out;
  private final long unixSeconds;
  private final CRC32C checksum = new CRC32C();
  private final ByteArrayOutputStream batch = new ByteArrayOutputStream();
  private final DataOutputStream fields = new DataOutputStream(batch);
  private long count;

  DumpWriter(OutputStream out, long unixSeconds) throws IOException {
    this.out = out;
    this.unixSeconds = unixSeconds;
    fields.write(MAGIC);
    fields.writeInt(VERSION);
  }

  @Override
  public void entry(byte[] name, int nameLength, CacheEntry entry, boolean inMain, int uses) {
    if (entry.expiresAt() <= unixSeconds) {
      return;
    }
    try {
      fields.writeByte(ENTRY);
      fields.writeByte(nameLength);
      fields.writeInt(entry.type());
      fields.writeByte(Codes.of(entry.kind()));
      fields.writeByte(Codes.of(entry.rank()));
      fields.writeByte(uses + (inMain ? IN_MAIN : 0));
      fields.writeLong(entry.expiresAt());
      fields.writeShort(entry.dataLength());
      fields.write(name, 0, nameLength);
      fields.write(entry.data(), 0, entry.dataLength());
      count++;
    } catch (IOException e) {
      throw new UncheckedIOException("an array does not fail", e);
    }
  }

  void writeBatch() throws IOException {
    byte[] bytes = batch.toByteArray();
    batch.reset();
    checksum.update(bytes);
    out.write(bytes);
  }

  void finish() throws IOException {
    fields.writeByte(END);
    writeBatch();
    fields.writeInt((int) checksum.getValue());
    out.write(batch.toByteArray());
  }

  long count() {
    return count;
  }
}
