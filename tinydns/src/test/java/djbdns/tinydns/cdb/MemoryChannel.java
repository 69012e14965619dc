package djbdns.tinydns.cdb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;

/** A file in memory that is full after a number of bytes. */
public class MemoryChannel implements SeekableByteChannel {
  private final int capacity;
  private byte[] bytes = new byte[4096];
  private int size;
  private int position;

  public MemoryChannel() {
    this(Integer.MAX_VALUE);
  }

  MemoryChannel(int capacity) {
    this.capacity = capacity;
  }

  public byte[] bytes() {
    return Arrays.copyOf(bytes, size);
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    // Never more than this at once, as a real channel may do.
    int count = Math.min(source.remaining(), 1000);
    int end = position + count;
    if (end > capacity) {
      throw new IOException("No space left on device");
    }
    if (end > bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * end);
    }
    source.get(bytes, position, count);
    position = end;
    size = Math.max(size, end);
    return count;
  }

  @Override
  public int read(ByteBuffer target) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public SeekableByteChannel position(long newPosition) {
    position = Math.toIntExact(newPosition);
    return this;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public SeekableByteChannel truncate(long newSize) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public void close() {}
}
