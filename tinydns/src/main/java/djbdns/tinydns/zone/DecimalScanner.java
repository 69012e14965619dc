package djbdns.tinydns.zone;

/**
 * Reads decimal numbers as 1.05 does (scan_ulong.c): as many digits as there are, modulo 2^64, and
 * never a sign or a blank. One thread.
 */
public final class DecimalScanner {
  private byte[] bytes = new byte[0];
  private int position;
  private int end;
  private long value;
  private boolean tooBig;

  /** Begins with a field. */
  void start(Fields fields, int field) {
    start(fields.bytes(), fields.start(field), fields.end(field));
  }

  /** Begins with {@code bytes} from {@code start} to {@code end}. */
  public void start(byte[] bytes, int start, int end) {
    this.bytes = bytes;
    position = start;
    this.end = end;
    tooBig = false;
  }

  /**
   * Reads a number, to be had from {@link #value}.
   *
   * @param max the biggest number that is no surprise, from 255 to 2^32 - 1
   * @return whether there was a digit; without one the value is 0
   */
  public boolean number(long max) {
    int start = position;
    value = 0;
    while (position < end && bytes[position] >= '0' && bytes[position] <= '9') {
      value = 10 * value + (bytes[position++] - '0');
      tooBig |= Long.compareUnsigned(value, max) > 0;
    }
    return position > start;
  }

  /** Steps over a character if it comes next. */
  public boolean skip(char wanted) {
    boolean found = position < end && bytes[position] == wanted;
    if (found) {
      position++;
    }
    return found;
  }

  /** The number read last, unsigned. */
  public long value() {
    return value;
  }

  /** True if any number since the start was bigger than its maximum. */
  public boolean tooBig() {
    return tooBig;
  }

  public boolean atEnd() {
    return position == end;
  }
}
