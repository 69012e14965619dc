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

  /** Duplicates cost time too, however their hashes were chosen. */
  private static final int MAX_LOOKS = 2 * ResolverLimits.RECORDS_PER_SET;

  /** Room for data of any announced length behind a full list, with two names decompressed. */
  private static final int CAPACITY = 2 * (Limits.RDATA_BYTES + 2 * Limits.NAME_BYTES);

  private final RecordIndex index;
  private final byte[] list = new byte[CAPACITY];

  /** Where a record of the list is, plus one, by the hash of its data; 0 is free. */
  private final int[] slots = new int[SLOTS];

  private final int[] usedSlots = new int[ResolverLimits.RECORDS_PER_SET];

  private int length;
  private int count;
  private int looks;
  private int ttlSeconds;

  RrsetBuilder(RecordIndex index) {
    this.index = index;
  }

  void begin() {
    for (int i = 0; i < count; i++) {
      slots[usedSlots[i]] = 0;
    }
    length = 0;
    count = 0;
    looks = 0;
    ttlSeconds = Integer.MAX_VALUE;
  }

  /** Whether no more records can be added. */
  boolean isFull() {
    return count == ResolverLimits.RECORDS_PER_SET || looks == MAX_LOOKS;
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
    looks++;
    ttlSeconds = Math.min(ttlSeconds, index.ttlSeconds(record));
    int slot = freeSlot(start, bytes);
    if (slot >= 0) {
      RecordData.putLength(list, length, bytes);
      slots[slot] = length + 1;
      usedSlots[count] = slot;
      length = start + bytes;
      count++;
    }
  }

  /** Where the data at {@code start} belong; -1 if they are in the list. */
  private int freeSlot(int start, int bytes) {
    int slot = hash(start, bytes) & SLOT_MASK;
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

  /** FNV-1a, and the upper bits mixed into the lower ones: addresses differ in few bits. */
  private int hash(int start, int bytes) {
    int hash = 0x811c9dc5;
    for (int i = start; i < start + bytes; i++) {
      hash = (hash ^ (list[i] & 0xff)) * 0x01000193;
    }
    hash = (hash ^ (hash >>> 16)) * 0x85ebca6b;
    return hash ^ (hash >>> 13);
  }

  /** The set; at least one record must have been added. */
  Rrset build(Name owner, int type, long expiresAt) {
    return new Rrset(owner, type, expiresAt, Arrays.copyOf(list, length));
  }
}
