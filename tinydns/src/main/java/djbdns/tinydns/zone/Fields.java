package djbdns.tinydns.zone;

/**
 * The places of the colon-separated fields of one data line. Used again for every line: holds
 * offsets into the caller's bytes and copies nothing. One thread.
 */
public final class Fields {
  /** Fields that 1.05 tells apart; what follows the last of them is ignored. */
  static final int COUNT = 15;

  private final int[] starts = new int[COUNT];
  private final int[] ends = new int[COUNT];
  private byte[] bytes = new byte[0];
  private int lineEnd;

  /** The end of a line without its trailing blanks, tabs and newlines. */
  public static int trimmedEnd(byte[] bytes, int start, int end) {
    int trimmed = end;
    while (trimmed > start && isBlank(bytes[trimmed - 1])) {
      trimmed--;
    }
    return trimmed;
  }

  private static boolean isBlank(byte value) {
    return value == ' ' || value == '\t' || value == '\n';
  }

  /** Splits what follows a line's leading character. Missing fields are empty. */
  public void split(byte[] line, int start, int end) {
    bytes = line;
    lineEnd = end;
    int field = 0;
    starts[0] = start;
    for (int i = start; i < end; i++) {
      if (line[i] == ':') {
        ends[field++] = i;
        if (field == COUNT) {
          return;
        }
        starts[field] = i + 1;
      }
    }
    ends[field++] = end;
    for (; field < COUNT; field++) {
      starts[field] = end;
      ends[field] = end;
    }
  }

  /** The bytes of the line, and of its neighbours. */
  byte[] bytes() {
    return bytes;
  }

  public int start(int field) {
    return starts[field];
  }

  public int end(int field) {
    return ends[field];
  }

  int length(int field) {
    return ends[field] - starts[field];
  }

  boolean isEmpty(int field) {
    return starts[field] == ends[field];
  }

  boolean contains(int field, char wanted) {
    for (int i = starts[field]; i < ends[field]; i++) {
      if (bytes[i] == wanted) {
        return true;
      }
    }
    return false;
  }

  /** The first byte from {@code field} on that is no colon; the line's end if there is none. */
  int firstByteFrom(int field) {
    int i = starts[field];
    while (i < lineEnd && bytes[i] == ':') {
      i++;
    }
    return i;
  }

  int lineEnd() {
    return lineEnd;
  }
}
