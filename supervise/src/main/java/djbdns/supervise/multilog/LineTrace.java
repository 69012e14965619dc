package djbdns.supervise.multilog;

/**
 * Remembers where in a log's output the latest lines began, so that a place in the output can be
 * told as a place in the input: so many whole lines, and so many bytes of the next. Lines are
 * counted from the last commit. Pure; for use by one thread.
 */
final class LineTrace {
  /**
   * A place in a log.
   *
   * @param lines input lines that are done with, those the log does not get included
   * @param bytes of the next line that the log has already
   */
  record Place(long lines, long bytes) {
    static final Place START = new Place(0, 0);
  }

  /** More than can begin within the original's buffer, an empty line being one byte. */
  private static final int REMEMBERED = 1024;

  private final long[] starts = new long[REMEMBERED];
  private final long[] lines = new long[REMEMBERED];
  private Place floor = Place.START;
  private long count;

  /**
   * Forgets all lines: the count starts anew.
   *
   * @param place where the log is before any line begins
   */
  void clear(Place place) {
    floor = place;
    count = 0;
  }

  /**
   * A line begins.
   *
   * @param line its number, 0 for the first since the last commit
   * @param start how many bytes of output there were before it
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
   * @param isLineEnd whether the byte before it ends a line
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
