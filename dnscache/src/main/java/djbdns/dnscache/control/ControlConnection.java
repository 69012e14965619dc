package djbdns.dnscache.control;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * A connection to the control socket, seen from the command. It waits ten seconds at most for the
 * next bytes: a dnscache that has been stopped accepts connections all the same. For use by one
 * thread.
 */
final class ControlConnection implements AutoCloseable {
  private static final int PATIENCE_MS = 10_000;

  /** No line of an answer is longer. */
  private static final int MAX_LINE_BYTES = 1 << 16;

  /** No answer is longer. */
  private static final long MAX_BYTES = 1 << 26;

  private final SocketChannel channel;
  private final Selector selector;
  private final SelectionKey key;
  private final ByteBuffer in = ByteBuffer.allocate(1 << 16).flip();
  private long received;

  private ControlConnection(SocketChannel channel) throws IOException {
    this.channel = channel;
    selector = Selector.open();
    key = channel.register(selector, 0);
  }

  /**
   * Connects.
   *
   * @throws java.net.SocketException if nobody listens there
   */
  static ControlConnection open(Path socket) throws IOException {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      // Does not wait: where too many others wait already it fails.
      channel.configureBlocking(false);
      channel.connect(UnixDomainSocketAddress.of(socket));
      return new ControlConnection(channel);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private void await(int operation) throws IOException {
    long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MS);
    key.interestOps(operation);
    while (selector.selectedKeys().isEmpty()) {
      long leftMs = TimeUnit.NANOSECONDS.toMillis(endNs - System.nanoTime());
      if (leftMs <= 0) {
        throw new SocketTimeoutException("timed out");
      }
      selector.select(leftMs);
    }
    selector.selectedKeys().clear();
  }

  /** Sends a line. */
  void send(String line) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(ControlProtocol.CHARSET));
    while (bytes.hasRemaining()) {
      await(SelectionKey.OP_WRITE);
      channel.write(bytes);
    }
  }

  /**
   * The next line.
   *
   * @throws EOFException if the answer ends before the line does
   */
  String readLine() throws IOException {
    byte[] line = new byte[256];
    int length = 0;
    for (byte next = read(); next != '\n'; next = read()) {
      if (length == MAX_LINE_BYTES) {
        throw new IOException("line too long");
      }
      line = length == line.length ? Arrays.copyOf(line, 2 * length) : line;
      line[length++] = next;
    }
    return new String(line, 0, length, ControlProtocol.CHARSET);
  }

  private byte read() throws IOException {
    while (!in.hasRemaining()) {
      await(SelectionKey.OP_READ);
      in.clear();
      int count = channel.read(in);
      in.flip();
      if (count < 0) {
        throw new EOFException("connection closed");
      }
      received += count;
      if (received > MAX_BYTES) {
        throw new IOException("answer too long");
      }
    }
    return in.get();
  }

  @Override
  public void close() throws IOException {
    selector.close();
    channel.close();
  }
}
