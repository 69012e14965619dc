package djbdns.server;

import djbdns.wire.NameBytes;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.slf4j.Logger;

/**
 * Log lines gathered as bytes, handed to the logger as one event per batch: a busy daemon formats
 * its lines without allocating and makes one system call for many of them. Belongs to one thread.
 */
public final class LineBuffer {
  /** Lines are handed over at the latest when this many bytes are gathered. */
  private static final int FULL_BYTES = 1 << 15;

  /** Most decimal digits of a number. */
  private static final int LONG_DIGITS = 19;

  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private final Logger logger;
  private byte[] bytes = new byte[FULL_BYTES + 4096];
  private int length;

  public LineBuffer(Logger logger) {
    this.logger = logger;
  }

  public void append(int character) {
    reserve(1);
    bytes[length++] = (byte) character;
  }

  /** Appends ASCII text. */
  public void append(String text) {
    reserve(text.length());
    for (int i = 0; i < text.length(); i++) {
      bytes[length++] = (byte) text.charAt(i);
    }
  }

  /** Appends bytes in small letters, with {@code ?} for what is not a visible ASCII character. */
  public void appendVisible(byte[] text, int offset, int count) {
    reserve(count);
    for (int i = offset; i < offset + count; i++) {
      boolean visible = text[i] > ' ' && text[i] < 0x7f;
      bytes[length++] = visible ? NameBytes.lowerCase(text[i]) : (byte) '?';
    }
  }

  /** Appends a number as {@code digits} small hexadecimal digits. */
  public void appendHex(int value, int digits) {
    reserve(digits);
    for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
      bytes[length++] = HEX[(value >> shift) & 0xf];
    }
  }

  /** Appends a number in decimal digits: 0 to {@link Long#MAX_VALUE}. */
  public void appendDecimal(long value) {
    reserve(LONG_DIGITS);
    int end = length + 1;
    for (long rest = value / 10; rest != 0; rest /= 10) {
      end++;
    }
    long rest = value;
    for (int at = end - 1; at >= length; at--) {
      bytes[at] = (byte) ('0' + (rest % 10));
      rest /= 10;
    }
    length = end;
  }

  /** Appends a byte as a backslash and three octal digits. */
  public void appendOctal(int value) {
    append('\\');
    append('0' + ((value >> 6) & 3));
    append('0' + ((value >> 3) & 7));
    append('0' + (value & 7));
  }

  private void reserve(int count) {
    if (count > bytes.length - length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + count));
    }
  }

  /** Ends a line. */
  public void endLine() {
    append('\n');
    if (length >= FULL_BYTES) {
      flush();
    }
  }

  /** Bytes gathered and not handed over. */
  public int length() {
    return length;
  }

  /**
   * Takes back what was written since {@link #length()} had this value; nothing if all that has
   * been handed over meanwhile.
   */
  public void rollBack(int toLength) {
    length = Math.min(length, toLength);
  }

  /** Hands the gathered lines to the logger. */
  public void flush() {
    if (length > 0) {
      logger.info("{}", this);
      length = 0;
    }
  }

  /** Writes the gathered lines, line ends included. */
  void writeTo(PrintStream out) {
    out.write(bytes, 0, length);
  }

  /** The gathered lines, for appenders that want text. */
  @Override
  public String toString() {
    return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
  }
}
