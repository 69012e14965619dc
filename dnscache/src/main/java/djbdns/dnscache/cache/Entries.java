package djbdns.dnscache.cache;

import djbdns.wire.Limits;

/**
 * The fields of the entries in a block; an entry is known by its offset, which is never 0.
 *
 * <pre>
 * offset  bytes
 *  0      4      the next entry of the bucket, or 0
 *  4      4      bits 0-17 type, 18-20 kind, 21-22 rank, 23-24 uses, 25 dead
 *  8      4      bits 0-15 length of the data, 16-23 length of the name, 24-31 expiry, high
 * 12      4      expiry in Unix seconds, low 32 bits
 * 16             name, data
 * </pre>
 *
 * A dead entry is in no bucket and keeps its place until its ring takes it back.
 */
final class Entries {
  /** Bytes of an entry before its name. */
  static final int HEADER_BYTES = 16;

  /** Uses are counted up to here. */
  static final int MAX_USES = 3;

  /** The latest expiry that can be stored, in Unix seconds: about 34,000 years. */
  static final long MAX_EXPIRY = (1L << 40) - 1;

  private static final int INFO = 4;
  private static final int LENGTHS = 8;
  private static final int EXPIRY = 12;

  private static final int TYPE_MASK = 0x3ffff;
  private static final int KIND_SHIFT = 18;
  private static final int KIND_MASK = 7;
  private static final int RANK_SHIFT = 21;
  private static final int RANK_MASK = 3;
  private static final int USES_SHIFT = 23;
  private static final int USES_MASK = 3;
  private static final int DEAD = 1 << 25;

  private static final int NAME_LENGTH_SHIFT = 16;
  private static final int EXPIRY_HIGH_SHIFT = 24;

  private final Block block;

  Entries(Block block) {
    this.block = block;
  }

  /** Bytes that an entry takes. */
  static int size(int nameLength, int dataLength) {
    return HEADER_BYTES + nameLength + dataLength;
  }

  /** The rank that counts: a failure has no other than its own. */
  static Rank rankOf(CacheEntry entry) {
    return entry.kind() == Kind.FAILURE ? Rank.FAILURE : entry.rank();
  }

  /** Writes everything but the link. */
  void write(int entry, byte[] name, int nameLength, CacheEntry from, int uses) {
    long expiry = Math.clamp(from.expiresAt(), 0, MAX_EXPIRY);
    int kindAndRank =
        (Codes.of(from.kind()) << KIND_SHIFT) | (Codes.of(rankOf(from)) << RANK_SHIFT);
    block.putInt(entry + INFO, from.type() | kindAndRank | (uses << USES_SHIFT));
    int lengths = from.dataLength() | (nameLength << NAME_LENGTH_SHIFT);
    block.putInt(entry + LENGTHS, lengths | ((int) (expiry >>> 32) << EXPIRY_HIGH_SHIFT));
    block.putInt(entry + EXPIRY, (int) expiry);
    block.write(entry + HEADER_BYTES, name, 0, nameLength);
    block.write(entry + HEADER_BYTES + nameLength, from.data(), 0, from.dataLength());
  }

  /** Copies everything but the name. */
  void read(int entry, CacheEntry out) {
    int dataLength = dataLength(entry);
    out.header(kind(entry), rank(entry), type(entry), expiresAt(entry), dataLength);
    block.read(entry + HEADER_BYTES + nameLength(entry), out.data(), 0, dataLength);
  }

  int next(int entry) {
    return block.getInt(entry);
  }

  int type(int entry) {
    return block.getInt(entry + INFO) & TYPE_MASK;
  }

  Kind kind(int entry) {
    return Codes.kind((block.getInt(entry + INFO) >>> KIND_SHIFT) & KIND_MASK);
  }

  Rank rank(int entry) {
    return Codes.rank((block.getInt(entry + INFO) >>> RANK_SHIFT) & RANK_MASK);
  }

  int uses(int entry) {
    return (block.getInt(entry + INFO) >>> USES_SHIFT) & USES_MASK;
  }

  void setUses(int entry, int uses) {
    int others = block.getInt(entry + INFO) & ~(USES_MASK << USES_SHIFT);
    block.putInt(entry + INFO, others | (uses << USES_SHIFT));
  }

  /** Counts a use; writes only while that changes anything. */
  void use(int entry) {
    int uses = uses(entry);
    if (uses < MAX_USES) {
      setUses(entry, uses + 1);
    }
  }

  boolean isDead(int entry) {
    return (block.getInt(entry + INFO) & DEAD) != 0;
  }

  void setDead(int entry) {
    block.putInt(entry + INFO, block.getInt(entry + INFO) | DEAD);
  }

  int dataLength(int entry) {
    return block.getInt(entry + LENGTHS) & Limits.RDATA_BYTES;
  }

  int nameLength(int entry) {
    return (block.getInt(entry + LENGTHS) >>> NAME_LENGTH_SHIFT) & Limits.NAME_BYTES;
  }

  /** Bytes that the entry takes. */
  int size(int entry) {
    int lengths = block.getInt(entry + LENGTHS);
    return size((lengths >>> NAME_LENGTH_SHIFT) & Limits.NAME_BYTES, lengths & Limits.RDATA_BYTES);
  }

  long expiresAt(int entry) {
    int high = block.getInt(entry + LENGTHS) >>> EXPIRY_HIGH_SHIFT;
    return ((long) high << 32) | (block.getInt(entry + EXPIRY) & 0xffffffffL);
  }

  boolean isLive(int entry, long unixSeconds) {
    return expiresAt(entry) > unixSeconds;
  }

  boolean hasName(int entry, byte[] name, int nameLength) {
    return nameLength(entry) == nameLength && block.matches(entry + HEADER_BYTES, name, nameLength);
  }

  /** True if the entry's name is this one or below it. */
  boolean isWithin(int entry, byte[] ancestor, int ancestorLength) {
    int start = entry + HEADER_BYTES;
    int left = nameLength(entry);
    while (left > ancestorLength) {
      int labelBytes = 1 + block.getByte(start);
      start += labelBytes;
      left -= labelBytes;
    }
    return left == ancestorLength && block.matches(start, ancestor, ancestorLength);
  }

  /** Copies the name and returns its length. */
  int readName(int entry, byte[] target) {
    int length = nameLength(entry);
    block.read(entry + HEADER_BYTES, target, 0, length);
    return length;
  }
}
