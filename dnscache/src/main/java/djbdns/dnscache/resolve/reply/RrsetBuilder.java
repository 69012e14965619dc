package djbdns.dnscache.resolve.reply;

import djbdns.dnscache.cache.RecordData;
import djbdns.dnscache.cache.SipHash;
import djbdns.wire.Limits;
import djbdns.wire.MalformedPacketException;
import djbdns.wire.Name;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Collects records of a reply into a set: each only once, and all of them, however many a message
 * holds. Their smallest TTL is that of all (RFC 2181, 5.2). A set is whole or there is none: if it
 * is more than 65535 bytes without compression, the reply is as good as malformed.
 *
 * <p>Duplicates are found by a hash with a secret key, so the work is in proportion to the bytes
 * however a server chooses its records. Belongs to one thread and is meant to be reused.
 */
final class RrsetBuilder {
  /** A record in a message takes its owner, type, class, TTL and length, if not more. */
  private static final int MIN_RECORD_BYTES = 11;

  private static final int MOST_RECORDS = Limits.MESSAGE_BYTES / MIN_RECORD_BYTES;

  /** The power of two that leaves a quarter of them free. */
  private static final int SLOTS = 8192;

  private static final int SLOT_MASK = SLOTS - 1;

  /** Room for data of any announced length behind a full list, with two names decompressed. */
  private static final int CAPACITY = 2 * (Limits.RDATA_BYTES + 2 * Limits.NAME_BYTES);

  private final RecordIndex index;
  private final SipHash siphash;
  private final byte[] list = new byte[CAPACITY];

  /**
   * By the hash of its data where a record of the list is, plus one, and above it half of the hash;
   * 0 is free.
   */
  private final long[] slots = new long[SLOTS];

  private final short[] usedSlots = new short[MOST_RECORDS];

  private int length;
  private int count;
  private int ttlSeconds;

  /**
   * A builder.
   *
   * @param random gives the key of the hash; nobody else may know what it gives
   */
  RrsetBuilder(RecordIndex index, RandomGenerator random) {
    this.index = index;
    siphash = new SipHash(random.nextLong(), random.nextLong());
  }

  void begin() {
    for (int i = 0; i < count; i++) {
      slots[usedSlots[i]] = 0;
    }
    length = 0;
    count = 0;
    ttlSeconds = Integer.MAX_VALUE;
  }

  int count() {
    return count;
  }

  /** The smallest TTL of the records so far. */
  int ttlSeconds() {
    return ttlSeconds;
  }

  /** Adds a record unless the list has it already; its TTL counts all the same. */
  void add(int record) throws MalformedPacketException {
    int start = RecordData.start(length);
    int bytes = index.readData(record, list, start);
    ttlSeconds = Math.min(ttlSeconds, index.ttlSeconds(record));
    long hash = siphash.hash(list, start, bytes);
    int slot = freeSlot(hash, start, bytes);
    if (slot < 0) {
      return;
    }
    if (start + bytes > Limits.RDATA_BYTES) {
      throw MalformedPacketException.INSTANCE;
    }
    RecordData.putLength(list, length, bytes);
    slots[slot] = upperHalf(hash) | (length + 1);
    usedSlots[count] = (short) slot;
    length = start + bytes;
    count++;
  }

  private static long upperHalf(long hash) {
    return hash & 0xffffffff00000000L;
  }

  /** The index where the data at {@code start} belong; -1 if they are in the list. */
  private int freeSlot(long hash, int start, int bytes) {
    int slot = (int) hash & SLOT_MASK;
    while (slots[slot] != 0) {
      if (upperHalf(slots[slot]) == upperHalf(hash) && isAt((int) slots[slot] - 1, start, bytes)) {
        return -1;
      }
      slot = (slot + 1) & SLOT_MASK;
    }
    return slot;
  }

  private boolean isAt(int at, int start, int bytes) {
    int other = RecordData.start(at);
    int otherEnd = other + RecordData.length(list, at);
    return Arrays.equals(list, other, otherEnd, list, start, start + bytes);
  }

  /** The set; at least one record must have been added. */
  Rrset build(Name owner, int type, long expiresAt) {
    return new Rrset(owner, type, expiresAt, Arrays.copyOf(list, length));
  }
}
