package djbdns.dnscache.cache;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * SipHash-1-3 (Aumasson and Bernstein, 2012, with the rounds that Rust and Python use): without its
 * key nobody can choose bytes that share a bucket. Immutable.
 */
public final class SipHash {
  private static final VarHandle LITTLE_ENDIAN =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final long key0;
  private final long key1;

  public SipHash(long key0, long key1) {
    this.key0 = key0;
    this.key1 = key1;
  }

  /** The hash of the first {@code length} bytes. */
  long hash(byte[] bytes, int length) {
    return hash(bytes, 0, length);
  }

  /** The hash of {@code length} bytes at {@code offset}. */
  public long hash(byte[] bytes, int offset, int length) {
    long v0 = key0 ^ 0x736f6d6570736575L;
    long v1 = key1 ^ 0x646f72616e646f6dL;
    long v2 = key0 ^ 0x6c7967656e657261L;
    long v3 = key1 ^ 0x7465646279746573L;
    int whole = length & -Long.BYTES;
    int at = 0;
    // One round for each word, the last with the length in it, and three rounds to finish.
    for (int rounds = whole / Long.BYTES + 4; rounds > 0; rounds--) {
      long word = 0;
      if (at < whole) {
        word = (long) LITTLE_ENDIAN.get(bytes, offset + at);
      } else if (at == whole) {
        word = last(bytes, offset + whole, length - whole, length);
      } else if (rounds == 3) {
        v2 ^= 0xff;
      }
      at += Long.BYTES;
      v3 ^= word;
      v0 += v1;
      v1 = Long.rotateLeft(v1, 13) ^ v0;
      v0 = Long.rotateLeft(v0, 32);
      v2 += v3;
      v3 = Long.rotateLeft(v3, 16) ^ v2;
      v0 += v3;
      v3 = Long.rotateLeft(v3, 21) ^ v0;
      v2 += v1;
      v1 = Long.rotateLeft(v1, 17) ^ v2;
      v2 = Long.rotateLeft(v2, 32);
      v0 ^= word;
    }
    return v0 ^ v1 ^ v2 ^ v3;
  }

  /** The {@code count} bytes after the whole words, little-endian; the length in the top byte. */
  private static long last(byte[] bytes, int from, int count, int length) {
    long word = (long) length << 56;
    for (int i = count - 1; i >= 0; i--) {
      word |= (bytes[from + i] & 0xffL) << (Byte.SIZE * i);
    }
    return word;
  }
}
