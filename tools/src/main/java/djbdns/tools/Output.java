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
  private final StringBuilder buffer = new StringBuilder();

  Output(OutputStream stream) {
    this.stream = stream;
  }

  /**
   * Puts text behind what is there.
   *
   * @param text a character for each byte, as in ISO 8859-1
   */
  Output put(String text) throws IOException {
    if (text.length() > BUFFER_BYTES - buffer.length()) {
      flush();
    }
    buffer.append(text);
    if (buffer.length() > BUFFER_BYTES) {
      flush();
    }
    return this;
  }

  /** Writes what has been put. */
  void flush() throws IOException {
    if (!buffer.isEmpty()) {
      stream.write(buffer.toString().getBytes(StandardCharsets.ISO_8859_1));
      stream.flush();
      buffer.setLength(0);
    }
  }
}
