package djbdns.tinydns.axfrget;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import djbdns.posix.Descriptors;
import djbdns.posix.PollSet;
import djbdns.transfer.Connection;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.List;

/** The connection that tcpclient has opened: read from descriptor 6, written to descriptor 7. */
final class InheritedConnection implements Connection {
  private static final int IN = 6;
  private static final int OUT = 7;
  private static final int BUFFER_BYTES = 1 << 16;

  private final Descriptors descriptors = new Descriptors();
  private final PollSet readable = new PollSet();
  private final Arena arena = Arena.ofConfined();
  private final MemorySegment buffer = arena.allocate(BUFFER_BYTES);

  InheritedConnection() {
    readable.add(IN);
  }

  /**
   * True if both descriptors are sockets, pipes or devices. Where nobody has opened them, Java may
   * have given their numbers to files of its own.
   */
  static boolean isOpen() {
    return isNoFile(IN) && isNoFile(OUT);
  }

  private static boolean isNoFile(int descriptor) {
    Path link = Path.of("/proc/self/fd", "" + descriptor);
    try {
      return Files.readAttributes(link, BasicFileAttributes.class).isOther();
    } catch (IOException _) {
      return false;
    }
  }

  @Override
  public void write(byte[] bytes) throws IOException {
    int written = 0;
    while (written < bytes.length) {
      written += descriptors.write(OUT, Arrays.copyOfRange(bytes, written, bytes.length));
    }
  }

  @Override
  public int read(byte[] target, int offset, int timeoutMs) throws IOException {
    long startNs = System.nanoTime();
    long leftMs = timeoutMs;
    List<Integer> ready = readable.await(timeoutMs);
    // A signal may have ended the wait early.
    while (ready.isEmpty()) {
      leftMs = timeoutMs - (System.nanoTime() - startNs) / 1_000_000;
      if (leftMs <= 0) {
        throw new SocketTimeoutException("timed out");
      }
      ready = readable.await((int) leftMs);
    }
    int room = Math.min(BUFFER_BYTES, target.length - offset);
    int count = descriptors.read(IN, buffer.asSlice(0, room));
    MemorySegment.copy(buffer, JAVA_BYTE, 0, target, offset, count);
    return count == 0 ? -1 : count;
  }

  @Override
  public void close() {
    arena.close();
  }
}
