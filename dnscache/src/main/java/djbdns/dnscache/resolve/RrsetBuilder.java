package djbdns.dnscache.resolve;

import djbdns.dnscache.cache.RecordData;
import djbdns.wire.Limits;
import djbdns.wire.MalformedPacketException;
import djbdns.wire.Name;
import djbdns.wire.RdataBytes;
import java.util.Arrays;

/**
 * Collects records of a reply into a set: each only once, at most {@link
 * ResolverLimits#RECORDS_PER_SET} and 65535 bytes of them, the rest ignored; their smallest TTL is
 * that of all (RFC 2181, 5.2). Belongs to one thread and is meant to be reused.
 */
final class RrsetBuilder {
  private static final int SLOTS = 1024;
  private static final int SLOT_MASK = SLOTS - 1;

  /** Room for data of any announced length behind a full list, with two names decompressed. */
  private static final int CAPACITY = 2 * (Limits.RDATA_BYTES + 2 * Limits.NAME_BYTES);

  private final RecordIndex index;
  private final byte[] list = new byte[CAPACITY];

  /** Where a record of the list is, plus one, by the hash of its data; 0 is free. */
  private final int[] slots = new int[SLOTS];

  private int length;
  private int count;
  private int ttlSeconds;

  RrsetBuilder(RecordIndex index) {
    this.index = index;
  }

  void begin() {
    Arrays.fill(slots, 0);
    length = 0;
    count = 0;
    ttlSeconds = Integer.MAX_VALUE;
  }

  /** Whether no more records can be added. */
  boolean isFull() {
    return count == ResolverLimits.RECORDS_PER_SET;
  }

  int count() {
    return count;
  }

  /** The smallest TTL of the records so far. */
  int ttlSeconds() {
    return ttlSeconds;
  }

  /** Adds a record, unless there is no room or the list has it already. */
  void add(int record) throws MalformedPacketException {
    int start = RecordData.start(length);
    int bytes =
        RdataBytes.read(
            index.data(record), index.type(record), index.dataLength(record), list, start);
    if (isFull() || start + bytes > Limits.RDATA_BYTES) {
      return;
    }
    ttlSeconds = Math.min(ttlSeconds, index.ttlSeconds(record));
    int slot = freeSlot(start, bytes);
    if (slot >= 0) {
      RecordData.putLength(list, length, bytes);
      slots[slot] = length + 1;
      length = start + bytes;
      count++;
    }
  }

  /** Where the data at {@code start} belong; -1 if they are in the list. */
  private int freeSlot(int start, int bytes) {
    int hash = 1;
    for (int i = start; i < start + bytes; i++) {
      hash = hash * 31 + list[i];
    }
    int slot = (hash ^ (hash >>> 15)) & SLOT_MASK;
    while (slots[slot] != 0) {
      int at = slots[slot] - 1;
      int other = RecordData.start(at);
      if (Arrays.equals(
          list, other, other + RecordData.length(list, at), list, start, start + bytes)) {
        return -1;
      }
      slot = (slot + 1) & SLOT_MASK;
    }
    return slot;
  }

  /** The set; at least one record must have been added. */
  Rrset build(Name owner, int type, long expiresAt) {
    return new Rrset(owner, type, expiresAt, Arrays.copyOf(list, length));
  }
}
