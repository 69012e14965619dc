package djbdns.tools;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Standard output, buffered as the originals have it (buffer_put.c, buffer_1.c): what does not fit
 * any more makes room first, so that after a fatal error the same part has been written. For use by
 * one thread.
 */
final class Output {
  private static final int BUFFER_BYTES = 8192;

  private final OutputStream stream;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int length;

  Output(OutputStream stream) {
    this.stream = stream;
  }

  /**
   * Puts text behind what is there.
   *
   * @param text a character for each byte, as in ISO 8859-1
   */
  Output put(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    return put(bytes, bytes.length);
  }

  /** Puts the first bytes of an array behind what is there. */
  Output put(byte[] bytes, int count) throws IOException {
    if (count > BUFFER_BYTES - length) {
      flush();
    }
    int start = 0;
    while (count - start > BUFFER_BYTES) {
      stream.write(bytes, start, BUFFER_BYTES);
      start += BUFFER_BYTES;
    }
    System.arraycopy(bytes, start, buffer, length, count - start);
    length += count - start;
    return this;
  }

  /** Writes what has been put. */
  void flush() throws IOException {
    if (length > 0) {
      stream.write(buffer, 0, length);
      stream.flush();
      length = 0;
    }
  }
}
