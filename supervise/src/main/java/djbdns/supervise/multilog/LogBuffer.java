package djbdns.supervise.multilog;

import java.util.Arrays;

/**
 * Decides at which byte a log begins a new file, as the original does (buffer_put.c, c_write in
 * multilog.c). There the place depends on the pieces that write(2) gets: from a buffer of 512
 * bytes, which is emptied before each read of 1024 bytes, and directly for longer lines. Here these
 * pieces are only computed, and bytes are collected for larger writes. Pure, except for the sink.
 *
 * <p>For use by one thread.
 *
 * <pre>{@code
 * bytes:    0 ........ written ........ settled ........ filled
 *              in file | the piece is cut | in the original's buffer
 * }</pre>
 *
 * <p>Invariants: {@code 0 <= written <= settled <= filled}; at most 512 bytes are between settled
 * and filled when a method returns; {@code fileBytes} is the size of the file with everything up to
 * {@code settled}; only bytes of the current file are settled.
 */
final class LogBuffer {
  /** The receiver of a log's bytes. */
  interface Sink {
    /** Appends the bytes from {@code from} to before {@code to} to the current file. */
    void write(byte[] bytes, int from, int to);

    /** Begins a new file by {@link LogBuffer#startFile}; everything settled has been written. */
    void rotate();
  }

  /** The original's buffer. */
  static final int ORIGINAL_BUFFER_BYTES = 512;

  /** The space left in a file at which it may end at the end of a line. */
  static final int MARGIN_BYTES = 2000;

  private static final int CAPACITY_BYTES = 1 << 16;

  private final long maxBytes;
  private final Sink sink;
  private final byte[] bytes = new byte[CAPACITY_BYTES];
  private int written;
  private int settled;
  private int filled;
  private long fileBytes;
  private boolean endsLine;

  /** The number of bytes that have been removed from the front of the array. */
  private long base;

  LogBuffer(long maxBytes, long fileBytes, Sink sink) {
    this.maxBytes = maxBytes;
    this.fileBytes = fileBytes;
    this.sink = sink;
  }

  /** Adds bytes, at most 8192, as buffer_put does: bytes that do not fit are written directly. */
  void put(byte[] source, int from, int length) {
    int buffered = filled - settled;
    append(source, from, length);
    if (length > ORIGINAL_BUFFER_BYTES - buffered) {
      settle(filled - length);
      if (length > ORIGINAL_BUFFER_BYTES) {
        settle(filled);
      }
    }
  }

  /** Adds bytes one by one, as buffer_PUTC does: a full buffer waits for the next byte. */
  void putEach(byte[] source, int from, int length) {
    int at = from;
    int end = from + length;
    while (at < end) {
      if (filled - settled == ORIGINAL_BUFFER_BYTES) {
        settle(filled);
      }
      int part = Math.min(end - at, ORIGINAL_BUFFER_BYTES - (filled - settled));
      append(source, at, part);
      at += part;
    }
  }

  /** Adds a byte, as buffer_PUTC does. */
  void put(byte value) {
    if (filled - settled == ORIGINAL_BUFFER_BYTES) {
      settle(filled);
    }
    makeRoom(1);
    bytes[filled] = value;
    filled++;
  }

  /** Empties the original's buffer, as it does before it reads. */
  void flush() {
    settle(filled);
  }

  /** Writes all that is settled. */
  void writeOut() {
    if (written < settled) {
      sink.write(bytes, written, settled);
      written = settled;
    }
    if (written == filled) {
      base += filled;
      written = 0;
      settled = 0;
      filled = 0;
    }
  }

  /** Begins a new file if this one has any bytes; to be called when everything has been written. */
  void rotateUnlessEmpty() {
    if (fileBytes > 0) {
      rotate();
    }
  }

  /** Begins a new file, to which bytes belong that are settled from now on. */
  void startFile() {
    fileBytes = 0;
  }

  /** The number of bytes that have been added since the start. */
  long added() {
    return base + filled;
  }

  /** The number of bytes that have been settled since the start. */
  long settledEver() {
    return base + settled;
  }

  /** True if the last byte that was settled ended a line. */
  boolean endsLine() {
    return endsLine;
  }

  /** The size of the file with all settled bytes. */
  long fileBytes() {
    return fileBytes;
  }

  private void append(byte[] source, int from, int length) {
    makeRoom(length);
    System.arraycopy(source, from, bytes, filled, length);
    filled += length;
  }

  private void makeRoom(int length) {
    if (length <= bytes.length - filled) {
      return;
    }
    writeOut();
    System.arraycopy(bytes, written, bytes, 0, filled - written);
    base += written;
    filled -= written;
    settled -= written;
    written = 0;
  }

  /** Settles everything before {@code end}, in the pieces that the original writes. */
  private void settle(int end) {
    while (settled < end) {
      if (fileBytes >= maxBytes) {
        rotate();
      }
      int piece = (int) Math.min(end - settled, maxBytes - fileBytes);
      if (fileBytes + piece >= maxBytes - MARGIN_BYTES) {
        piece = upToLastLine(piece);
      }
      settled += piece;
      fileBytes += piece;
      endsLine = bytes[settled - 1] == '\n';
      if (fileBytes >= maxBytes - MARGIN_BYTES && endsLine) {
        rotate();
      }
    }
  }

  /** The length of a piece without its last, incomplete line, or of all if it has no line end. */
  private int upToLastLine(int piece) {
    for (int length = piece; length > 0; length--) {
      if (bytes[settled + length - 1] == '\n') {
        return length;
      }
    }
    return piece;
  }

  private void rotate() {
    if (written < settled) {
      sink.write(bytes, written, settled);
      written = settled;
    }
    sink.rotate();
  }

  /** For tests. */
  void checkInvariants() {
    boolean hold =
        0 <= written
            && written <= settled
            && settled <= filled
            && filled <= bytes.length
            && filled - settled <= ORIGINAL_BUFFER_BYTES;
    if (!hold) {
      throw new AssertionError(Arrays.toString(new int[] {written, settled, filled}));
    }
  }
}
