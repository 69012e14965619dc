package djbdns.transfer;

import djbdns.wire.Limits;
import djbdns.wire.PacketWriter;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.function.LongSupplier;

/** The messages on a connection, each behind its length (RFC 1035, 4.2.2). One thread. */
public final class Messages {
  private static final int LENGTH_BYTES = 2;

  private final Connection connection;
  private final int timeoutMs;
  private final LongSupplier nowNs;
  private final byte[] received = new byte[LENGTH_BYTES + Limits.MESSAGE_BYTES];

  /** The bytes that were received and not used yet lie from start to end. */
  private int start;

  private int end;
  private final byte[] packet = new byte[Limits.MESSAGE_BYTES];

  /**
   * The messages of a connection that nothing was read from.
   *
   * @param timeoutMs how long a message may take from when it is asked for
   * @param nowNs a clock
   */
  public Messages(Connection connection, int timeoutMs, LongSupplier nowNs) {
    this.connection = connection;
    this.timeoutMs = timeoutMs;
    this.nowNs = nowNs;
  }

  public void send(PacketWriter message) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(LENGTH_BYTES + message.length());
    bytes.putShort((short) message.length()).put(message.buffer(), 0, message.length());
    connection.write(bytes.array());
  }

  /**
   * Waits for the next message.
   *
   * @return its length; it lies at the start of {@link #packet()} until the next call
   * @throws TransferException if the connection ends before the message does
   */
  public int receive() throws IOException, TransferException {
    long deadlineNs = nowNs.getAsLong() + timeoutMs * 1_000_000L;
    need(LENGTH_BYTES, deadlineNs);
    int length = ((received[start] & 0xff) << 8) | (received[start + 1] & 0xff);
    need(LENGTH_BYTES + length, deadlineNs);
    System.arraycopy(received, start + LENGTH_BYTES, packet, 0, length);
    start += LENGTH_BYTES + length;
    return length;
  }

  public byte[] packet() {
    return packet;
  }

  private void need(int count, long deadlineNs) throws IOException, TransferException {
    if (start > received.length - count) {
      System.arraycopy(received, start, received, 0, end - start);
      end -= start;
      start = 0;
    }
    while (end - start < count) {
      long leftMs = (deadlineNs - nowNs.getAsLong()) / 1_000_000;
      if (leftMs <= 0) {
        throw new SocketTimeoutException("timed out");
      }
      int more = connection.read(received, end, (int) leftMs);
      if (more < 0) {
        throw new TransferException(TransferException.PROTOCOL_ERROR);
      }
      end += more;
    }
  }
}
