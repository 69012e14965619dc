package djbdns.transfer;

import java.io.IOException;
import java.net.SocketTimeoutException;

/** Bytes to a server and back. One thread. */
public interface Connection extends AutoCloseable {
  /** Sends all of the bytes. */
  void write(byte[] bytes) throws IOException;

  /**
   * Reads what is there, at least a byte.
   *
   * @param timeoutMs how long to wait for it, at least 1
   * @return how many bytes, -1 if there will be no more
   * @throws SocketTimeoutException if nothing came in time
   */
  int read(byte[] target, int offset, int timeoutMs) throws IOException;

  @Override
  void close() throws IOException;
}
