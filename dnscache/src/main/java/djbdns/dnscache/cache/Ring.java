package djbdns.dnscache.cache;

/**
 * Where the oldest and the newest bytes of a queue are in its part of a block. Entries lie whole,
 * one behind the other, and a free gap lies before the oldest.
 *
 * <pre>
 * start   write      read          limit   end
 *   | newer |   gap   |    oldest .. |      |
 * </pre>
 *
 * Invariants: start &lt;= write &lt;= read &lt;= limit &lt;= end; if read = limit, both are end.
 */
final class Ring {
  private final int start;
  private final int end;
  private int write;
  private int read;
  private int limit;

  /** An empty ring of {@code bytes} at {@code start}. */
  Ring(int start, int bytes) {
    this.start = start;
    this.end = start + bytes;
    clear();
  }

  void clear() {
    write = start;
    read = end;
    limit = end;
  }

  int start() {
    return start;
  }

  int end() {
    return end;
  }

  int byteSize() {
    return end - start;
  }

  int write() {
    return write;
  }

  int read() {
    return read;
  }

  int limit() {
    return limit;
  }

  boolean hasRoom(int bytes) {
    return read - write >= bytes;
  }

  /** Takes bytes from the gap and returns where they are. */
  int take(int bytes) {
    int at = write;
    write += bytes;
    return at;
  }

  /**
   * The oldest entry of the ring, which must have one. If there is none between the gap and the
   * end, the newest bytes' end becomes the limit and the gap empty, before the first entry.
   */
  int oldest() {
    if (read == end) {
      if (write == start) {
        throw new IllegalStateException("the ring is empty");
      }
      limit = write;
      read = start;
      write = start;
    }
    return read;
  }

  /** Gives the bytes of the oldest entry to the gap. */
  void release(int bytes) {
    read += bytes;
    if (read == limit) {
      read = end;
      limit = end;
    }
  }
}
