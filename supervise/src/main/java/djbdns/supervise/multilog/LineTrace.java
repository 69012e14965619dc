package djbdns.supervise.multilog;

/**
 * The positions in a log's output at which the latest lines began. It converts a position in the
 * output to a place in the input: a number of whole lines, and of bytes of the next. Lines are
 * counted from the last commit. Pure; for use by one thread.
 */
final class LineTrace {
  /**
   * A place in a log.
   *
   * @param lines input lines that are processed, with those that the log does not get
   * @param bytes of the next line that the log already has
   */
  record Place(long lines, long bytes) {
    static final Place START = new Place(0, 0);
  }

  /** More lines than can begin within the original's buffer: an empty line has one byte. */
  private static final int REMEMBERED = 1024;

  private final long[] starts = new long[REMEMBERED];
  private final long[] lines = new long[REMEMBERED];
  private Place floor = Place.START;
  private long count;

  /**
   * Forgets all lines, and starts the count again.
   *
   * @param place of the log before any line begins
   */
  void clear(Place place) {
    floor = place;
    count = 0;
  }

  /**
   * Notes that a line begins.
   *
   * @param line its number, 0 for the first since the last commit
   * @param start the number of bytes of output before it
   */
  void begin(long line, long start) {
    int slot = (int) (count % REMEMBERED);
    lines[slot] = line;
    starts[slot] = start;
    count++;
  }

  /**
   * The place of an output position that is within the latest 512 bytes or in the last line.
   *
   * @param isLineEnd true if the byte before it ends a line
   */
  Place find(long position, boolean isLineEnd) {
    long oldest = Math.max(0, count - REMEMBERED);
    for (long i = count - 1; i >= oldest; i--) {
      int slot = (int) (i % REMEMBERED);
      if (starts[slot] == position) {
        return new Place(lines[slot], 0);
      }
      if (starts[slot] < position) {
        return isLineEnd
            ? new Place(lines[slot] + 1, 0)
            : new Place(lines[slot], position - starts[slot]);
      }
    }
    return floor;
  }
}
