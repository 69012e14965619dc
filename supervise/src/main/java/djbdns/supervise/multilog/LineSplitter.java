package djbdns.supervise.multilog;

import djbdns.supervise.tai.StampWriter;
import djbdns.supervise.tai.Tai64n;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;

/**
 * Divides the input into lines, stamped when their first byte is seen (doit in multilog.c).
 * Patterns match the first 1000 bytes of a line, the stamp included; the rest does not matter to
 * them.
 *
 * <p>For use by one thread.
 */
final class LineSplitter {
  /** The receiver of the lines. */
  interface Target {
    /**
     * Begins a line.
     *
     * @param line its first 1000 bytes, or all if it has fewer
     * @param number of the line since the last commit
     */
    void begin(byte[] line, int length, long number);

    /** Adds bytes to the line that has begun. */
    void append(byte[] bytes, int from, int length);

    /** Ends the line that has begun. */
    void end();
  }

  /** The bytes of a line that patterns match. */
  static final int HEAD_BYTES = 1000;

  private final boolean timestamps;
  private final InstantSource clock;
  private final StampWriter stamps = new StampWriter();
  private final Target target;

  /** One byte more than a head, as a status file holds. */
  private final byte[] head = new byte[HEAD_BYTES + 1];

  private int length;
  private boolean isTail;
  private long number;

  LineSplitter(boolean timestamps, InstantSource clock, Target target) {
    this.timestamps = timestamps;
    this.clock = clock;
    this.target = target;
  }

  /** True if the next byte begins a line. */
  boolean isAtLineStart() {
    return length == 0 && !isTail;
  }

  /** True if the next byte belongs to a line whose head the target has. */
  boolean isTail() {
    return isTail;
  }

  /** The incomplete line. */
  Snapshot.Line line() {
    return isAtLineStart()
        ? Snapshot.Line.NONE
        : new Snapshot.Line(new String(head, 0, length, StandardCharsets.ISO_8859_1), isTail);
  }

  /** Goes on with an incomplete line. */
  void resumeFrom(Snapshot.Line line) {
    byte[] bytes = line.head().getBytes(StandardCharsets.ISO_8859_1);
    length = bytes.length;
    System.arraycopy(bytes, 0, head, 0, length);
    isTail = line.isTail();
    number = 0;
  }

  /** Starts the count of lines again. */
  void commit() {
    number = 0;
  }

  /** Takes the bytes from {@code from} to before {@code to}. */
  void accept(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to) {
      at = isTail ? acceptTail(bytes, at, to) : acceptHead(bytes, at, to);
    }
  }

  private int acceptHead(byte[] bytes, int from, int to) {
    if (length == 0 && timestamps) {
      stamps.write(clock.instant(), head, 0);
      head[Tai64n.TEXT_LENGTH] = ' ';
      length = Tai64n.TEXT_LENGTH + 1;
    }
    int lineEnd = find(bytes, from, Math.min(to, from + HEAD_BYTES - length));
    System.arraycopy(bytes, from, head, length, lineEnd - from);
    length += lineEnd - from;
    if (length == HEAD_BYTES) {
      target.begin(head, length, number);
      length = 0;
      isTail = true;
      return lineEnd;
    }
    if (lineEnd == to) {
      return to;
    }
    target.begin(head, length, number);
    endLine();
    return lineEnd + 1;
  }

  private int acceptTail(byte[] bytes, int from, int to) {
    int lineEnd = find(bytes, from, to);
    target.append(bytes, from, lineEnd - from);
    if (lineEnd == to) {
      return to;
    }
    endLine();
    return lineEnd + 1;
  }

  private static int find(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && bytes[at] != '\n') {
      at++;
    }
    return at;
  }

  private void endLine() {
    target.end();
    length = 0;
    isTail = false;
    number++;
  }

  /** Ends a line that has begun; to be called at the end of the input. */
  void finish() {
    if (length > 0) {
      target.begin(head, length, number);
    }
    if (!isAtLineStart()) {
      endLine();
    }
  }
}
