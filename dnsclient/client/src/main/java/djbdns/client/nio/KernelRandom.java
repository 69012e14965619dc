package djbdns.client.nio;

import java.io.EOFException;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;

/**
 * The kernel's cryptographic generator (random(4)), read directly: as unpredictable as a {@link
 * java.security.SecureRandom}, whose providers take a command longer to load than its query takes.
 * For use by any thread.
 */
public final class KernelRandom implements RandomGenerator {
  private static final String DEVICE = "/dev/urandom";
  private static final int POOL_BYTES = 4096;

  private final ByteBuffer pool = ByteBuffer.allocate(POOL_BYTES).limit(0);

  /**
   * 64 random bits.
   *
   * @throws UncheckedIOException if the device cannot be read
   */
  @Override
  public synchronized long nextLong() {
    if (!pool.hasRemaining()) {
      fill();
    }
    return pool.getLong();
  }

  private void fill() {
    try (FileInputStream device = new FileInputStream(DEVICE)) {
      if (device.readNBytes(pool.array(), 0, POOL_BYTES) < POOL_BYTES) {
        throw new EOFException(DEVICE);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    pool.clear();
  }
}
