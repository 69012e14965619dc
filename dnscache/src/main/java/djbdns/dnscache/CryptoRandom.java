package djbdns.dnscache;

import djbdns.client.nio.KernelRandom;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.random.RandomGenerator;
import javax.crypto.Cipher;
import javax.crypto.spec.ChaCha20ParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A cryptographic generator for one thread: the keystream of ChaCha20 (RFC 8439), whose first bytes
 * of each block become the next block's key, so that nothing drawn earlier can be computed from
 * what is in memory now. The first key is a hash of the kernel's generator and of a seed, which
 * adds to it and cannot take anything away. Each instance draws from the kernel anew: make as many
 * as there are threads.
 *
 * <p>Everything that needs files or classes happens in the constructor: call it before a chroot.
 */
public final class CryptoRandom implements RandomGenerator {
  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int KERNEL_LONGS = 8;

  /** The next key and 252 draws: larger would be no faster. */
  private static final int BLOCK_BYTES = 2048;

  private static final byte[] ZEROS = new byte[BLOCK_BYTES];

  private final Cipher cipher;
  private final ChaCha20ParameterSpec start = new ChaCha20ParameterSpec(new byte[NONCE_BYTES], 0);
  private final byte[] block = new byte[BLOCK_BYTES];
  private int next = BLOCK_BYTES;

  /**
   * A generator that is ready.
   *
   * @param seed mixed in; of any length, also empty
   * @throws java.io.UncheckedIOException if the kernel's generator cannot be read
   */
  public CryptoRandom(byte[] seed) {
    try {
      cipher = Cipher.getInstance("ChaCha20");
      byte[] key = firstKey(seed);
      System.arraycopy(key, 0, block, 0, KEY_BYTES);
      nextLong();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the Java platform has no ChaCha20 or SHA-256", e);
    }
  }

  private static byte[] firstKey(byte[] seed) throws GeneralSecurityException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    KernelRandom kernel = new KernelRandom();
    for (int i = 0; i < KERNEL_LONGS; i++) {
      digest.update(toBytes(kernel.nextLong()));
    }
    return digest.digest(seed);
  }

  private static byte[] toBytes(long value) {
    byte[] bytes = new byte[Long.BYTES];
    for (int i = 0; i < Long.BYTES; i++) {
      bytes[i] = (byte) (value >> (8 * i));
    }
    return bytes;
  }

  /** 64 random bits. */
  @Override
  public long nextLong() {
    if (next == BLOCK_BYTES) {
      fill();
    }
    long value = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      value = value << 8 | (block[next] & 0xff);
      block[next++] = 0;
    }
    return value;
  }

  private void fill() {
    try {
      SecretKeySpec key = new SecretKeySpec(block, 0, KEY_BYTES, "ChaCha20");
      cipher.init(Cipher.ENCRYPT_MODE, key, start);
      cipher.doFinal(ZEROS, 0, BLOCK_BYTES, block, 0);
      next = KEY_BYTES;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("ChaCha20 failed", e);
    }
  }
}
