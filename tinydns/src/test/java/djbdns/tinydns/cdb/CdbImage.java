package djbdns.tinydns.cdb;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** The plainest possible reader of the format, straight from cr.yp.to/cdb/cdb.txt. */
public final class CdbImage {
  private static final int HEADER_BYTES = 2048;

  /** A record, both parts in hexadecimal. */
  public record Entry(String key, String data) {}

  private final ByteBuffer bytes;

  public CdbImage(byte[] bytes) {
    this.bytes = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Every record in the order of the file, after a check of the whole structure. */
  public List<Entry> entries() {
    List<Entry> entries = new ArrayList<>();
    List<Integer> positions = new ArrayList<>();
    int tables = bytes.getInt(0);
    int position = HEADER_BYTES;
    while (position < tables) {
      positions.add(position);
      entries.add(entryAt(position));
      position += 8 + bytes.getInt(position) + bytes.getInt(position + 4);
    }
    check(position == tables, "records end where the tables begin");
    checkTables(positions);
    return entries;
  }

  /** The data of every record with a key, by way of the hash tables. */
  public List<String> find(String key) {
    int hash = hash(HexFormat.of().parseHex(key));
    int table = bytes.getInt(8 * (hash & 0xff));
    int slots = bytes.getInt(8 * (hash & 0xff) + 4);
    List<String> found = new ArrayList<>();
    for (int i = 0; i < slots; i++) {
      int slot = table + 8 * (((hash >>> 8) + i) % slots);
      int position = bytes.getInt(slot + 4);
      if (position == 0) {
        break;
      }
      if (bytes.getInt(slot) == hash && entryAt(position).key().equals(key)) {
        found.add(entryAt(position).data());
      }
    }
    return found;
  }

  private void checkTables(List<Integer> positions) {
    int expected = bytes.getInt(0);
    int used = 0;
    for (int table = 0; table < 256; table++) {
      check(bytes.getInt(8 * table) == expected, "tables follow one another");
      int end = expected + 8 * bytes.getInt(8 * table + 4);
      for (int slot = expected; slot < end; slot += 8) {
        int position = bytes.getInt(slot + 4);
        used += position == 0 ? 0 : 1;
        check(position == 0 || (bytes.getInt(slot) & 0xff) == table, "slots are in their table");
        check(position == 0 || positions.contains(position), "slots point at records");
      }
      expected = end;
    }
    check(used == positions.size(), "every record has a slot");
    check(expected == bytes.limit(), "the file ends behind the last table");
  }

  private Entry entryAt(int position) {
    int keyLength = bytes.getInt(position);
    int dataLength = bytes.getInt(position + 4);
    HexFormat hex = HexFormat.of();
    int key = position + 8;
    int data = key + keyLength;
    return new Entry(
        hex.formatHex(bytes.array(), key, data),
        hex.formatHex(bytes.array(), data, data + dataLength));
  }

  private static int hash(byte[] key) {
    int hash = 5381;
    for (byte value : key) {
      hash = ((hash << 5) + hash) ^ (value & 0xff);
    }
    return hash;
  }

  private static void check(boolean holds, String rule) {
    if (!holds) {
      throw new AssertionError("broken database: " + rule);
    }
  }
}
