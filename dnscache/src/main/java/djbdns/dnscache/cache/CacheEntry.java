package djbdns.dnscache.cache;

import djbdns.wire.Limits;
import java.util.Arrays;

/**
 * One entry outside the block: what {@link ShardedCache#find} fills and {@link ShardedCache#put}
 * takes. Belongs to one thread and is meant to be reused: a lookup that fills it allocates nothing
 * once its array has grown to the size of the largest entry met.
 */
public final class CacheEntry {
  private static final int INITIAL_BYTES = 1024;

  private Kind kind = Kind.FAILURE;
  private Rank rank = Rank.FAILURE;
  private int type;
  private long expiresAt;
  private byte[] data = new byte[INITIAL_BYTES];
  private int dataLength;

  /**
   * Sets everything.
   *
   * @param newType a record type or an {@link EntryType}
   * @param newExpiresAt Unix seconds; the entry is dead from this second on
   * @param from copied
   * @param length 0 to 65535
   */
  public void set(
      Kind newKind,
      Rank newRank,
      int newType,
      long newExpiresAt,
      byte[] from,
      int offset,
      int length) {
    header(newKind, newRank, newType, newExpiresAt, length);
    System.arraycopy(from, offset, data, 0, length);
  }

  /** Sets everything but the data, for which there is room afterwards: see {@link #data()}. */
  void header(Kind newKind, Rank newRank, int newType, long newExpiresAt, int length) {
    if (length < 0 || length > Limits.RDATA_BYTES) {
      throw new IllegalArgumentException("entry of " + length + " bytes");
    }
    if (newType < 0 || newType > EntryType.LAST) {
      throw new IllegalArgumentException("entry of type " + newType);
    }
    if (length > data.length) {
      data = new byte[Math.max(length, Math.min(2 * data.length, Limits.RDATA_BYTES))];
    }
    kind = newKind;
    rank = newRank;
    type = newType;
    expiresAt = newExpiresAt;
    dataLength = length;
  }

  public Kind kind() {
    return kind;
  }

  public Rank rank() {
    return rank;
  }

  /** A record type or an {@link EntryType}. */
  public int type() {
    return type;
  }

  /** Unix seconds; dead from this second on. */
  public long expiresAt() {
    return expiresAt;
  }

  /** Seconds left at a time, at least 0. */
  public long ttlAt(long unixSeconds) {
    return Math.max(0, expiresAt - unixSeconds);
  }

  /** The data, {@link #dataLength()} bytes from the start; owned by this entry. */
  public byte[] data() {
    return data;
  }

  public int dataLength() {
    return dataLength;
  }

  /** Of a {@link Kind#FAILURE}, its extended error; -1 if the entry does not say. */
  public int extendedError() {
    return kind == Kind.FAILURE && dataLength == 2 ? (data[0] & 0xff) << 8 | (data[1] & 0xff) : -1;
  }

  /** A copy of the data. */
  public byte[] copyOfData() {
    return Arrays.copyOf(data, dataLength);
  }
}
