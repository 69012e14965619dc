package djbdns.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * The lines of a file, one at a time, up to half a gibibyte long and with any bytes. Lines are not
 * copied: the current one lies in {@link #bytes()} until the next call of {@link #next()}. One
 * thread.
 */
public final class LineReader {
  private static final int FIRST_BUFFER_BYTES = 1 << 16;

  /** A line must be shorter; the record made of it then fits into one array as well. */
  private static final int LINE_BYTES = 1 << 29;

  private final InputStream in;
  private byte[] bytes = new byte[FIRST_BUFFER_BYTES];

  /** The current line lies from {@code start} to {@code end}, what is read from there to limit. */
  private int start;

  private int end;
  private int limit;
  private long lineNumber;

  public LineReader(InputStream in) {
    this.in = in;
  }

  /** Goes to the next line; false after the last one. */
  public boolean next() throws IOException {
    start = end;
    int searched = start;
    while (true) {
      int newline = indexOfNewline(searched);
      if (newline < limit) {
        end = newline + 1;
        break;
      }
      searched = limit - start;
      boolean more = fill();
      searched += start;
      if (!more) {
        end = limit;
        break;
      }
    }
    lineNumber++;
    return end > start;
  }

  private int indexOfNewline(int from) {
    int i = from;
    while (i < limit && bytes[i] != '\n') {
      i++;
    }
    return i;
  }

  /** Reads more behind the current line, which moves to the front; false at the end of the file. */
  private boolean fill() throws IOException {
    limit -= start;
    if (limit == LINE_BYTES) {
      throw new IOException("line is too long");
    }
    if (limit == bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * limit);
    } else {
      System.arraycopy(bytes, start, bytes, 0, limit);
    }
    start = 0;
    int count = in.read(bytes, limit, bytes.length - limit);
    limit += Math.max(0, count);
    return count > 0;
  }

  public byte[] bytes() {
    return bytes;
  }

  public int start() {
    return start;
  }

  /** Behind the line's newline, or the last byte of the file. */
  public int end() {
    return end;
  }

  /** From 1. */
  public long lineNumber() {
    return lineNumber;
  }

  /** False only for a last line that does not end. */
  public boolean hasNewline() {
    return bytes[end - 1] == '\n';
  }
}
