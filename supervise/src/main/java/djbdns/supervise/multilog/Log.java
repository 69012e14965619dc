package djbdns.supervise.multilog;

import djbdns.posix.FileIdentity;
import djbdns.supervise.multilog.LineTrace.Place;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One log while multilog runs: takes the lines that the script selects, writes them to {@code
 * current} and begins a new file in time.
 *
 * <p>The steps that begin a new file, in which a SIGKILL at any point neither loses nor doubles a
 * line:
 *
 * <ol>
 *   <li>All bytes up to the present place are written to {@code current}.
 *   <li>A snapshot notes this place, at which this log is ahead of the others.
 *   <li>{@code current} is renamed, and a new one made. The snapshot names a file that is not
 *       {@code current} any more, and the new one is empty.
 *   <li>A snapshot names the new file. The old one still exists, so this is not its inode again.
 *   <li>Only now the old file is processed, and bytes are written to the new one.
 * </ol>
 *
 * <p>For use by one thread.
 */
final class Log implements LogBuffer.Sink {
  private static final int CURRENT_MODE = 0644;

  private final FileCalls files;
  private final Trouble trouble;
  private final LogFiles logFiles;
  private final Consumer<Log> publisher;
  private final LogBuffer buffer;
  private final LineTrace trace = new LineTrace();
  private final FileIdentity directory;
  private int descriptor;
  private FileIdentity current;
  private Place place = Place.START;
  private boolean selected;

  /** True if the line that was incomplete at the last commit belongs to this log. */
  private boolean selectedBefore;

  private long skipBytes;

  /**
   * @param publisher writes the present state of this log into a snapshot
   */
  Log(FileCalls files, Trouble trouble, OpenLog opened, Script.Log spec, Consumer<Log> publisher) {
    this.files = files;
    this.trouble = trouble;
    this.publisher = publisher;
    logFiles = opened.files();
    directory = opened.directory();
    descriptor = opened.descriptor();
    current = opened.current();
    buffer = new LogBuffer(spec.maxBytes(), opened.sizeBytes(), this);
  }

  /**
   * Restores the state at which a process was killed.
   *
   * @param killed the progress of this log at that time
   * @param isTail true if the next bytes belong to a line that had begun
   */
  void resumeFrom(Optional<Snapshot.Log> killed, boolean isTail) {
    place = killed.map(Snapshot.Log::place).orElse(Place.START);
    selectedBefore = killed.map(Snapshot.Log::selected).orElse(false);
    selected = selectedBefore;
    trace.clear(place);
    if (isTail) {
      resume(0);
      if (selected) {
        trace.begin(0, buffer.added() - skipBytes);
      }
    }
  }

  /** Its directory. */
  FileIdentity directory() {
    return directory;
  }

  /** The progress of this log. */
  Snapshot.Log state() {
    return new Snapshot.Log(directory, current, buffer.fileBytes(), place, selectedBefore);
  }

  /** Notes, as a step of the script, whether the line that begins belongs to this log. */
  boolean select(byte[] line, int length, boolean isSelected) {
    selected = isSelected;
    return isSelected;
  }

  /**
   * Takes the first bytes of a line, at most 1000.
   *
   * @param number of the line since the last commit
   */
  void begin(byte[] bytes, int length, long number) {
    resume(number);
    if (selected) {
      trace.begin(number, buffer.added() - skipBytes);
      int skipped = skip(length);
      buffer.put(bytes, skipped, length - skipped);
    }
  }

  /**
   * True for a line that this log got before the process was killed, which it does not get again.
   */
  private void resume(long number) {
    skipBytes = 0;
    if (number < place.lines()) {
      selected = false;
    } else if (number == place.lines() && place.bytes() > 0) {
      // Its stamp is new, which a pattern may match in another way.
      selected = true;
      skipBytes = place.bytes();
    }
  }

  private int skip(int length) {
    int skipped = (int) Math.min(skipBytes, length);
    skipBytes -= skipped;
    return skipped;
  }

  /** Takes more bytes of a line. */
  void append(byte[] bytes, int from, int length) {
    if (selected) {
      int skipped = skip(length);
      buffer.putEach(bytes, from + skipped, length - skipped);
    }
  }

  /** Ends the line. */
  void end() {
    if (selected && skipBytes == 0) {
      buffer.put((byte) '\n');
    }
    skipBytes = 0;
  }

  /** Empties the original's buffer, as it does before a read. */
  void flush() {
    buffer.flush();
  }

  /** Writes all that has been flushed. */
  void writeOut() {
    buffer.writeOut();
  }

  /**
   * Notes that everything has been written, and starts the count of lines again.
   *
   * @param isTail true if a line is continued
   */
  void commit(boolean isTail) {
    place = Place.START;
    selectedBefore = selected;
    trace.clear(place);
    if (isTail && selected) {
      trace.begin(0, buffer.added());
    }
  }

  /** Begins a new file unless this one is empty; everything has been committed. */
  void rotateUnlessEmpty() {
    buffer.rotateUnlessEmpty();
  }

  @Override
  public void write(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to) {
      int start = at;
      String what = "unable to write to " + logFiles.path("current");
      int length = trouble.get(what, () -> files.write(descriptor, bytes, start, to));
      if (length == 0) {
        trouble.pause(what, Optional.empty());
      }
      at += length;
    }
  }

  @Override
  public void rotate() {
    String path = logFiles.path("current");
    place = trace.find(buffer.settledEver(), buffer.endsLine());
    publisher.accept(this);
    trouble.retry("unable to write " + path + " to disk", () -> files.synchronize(descriptor));
    trouble.retry("unable to close " + path, () -> files.close(descriptor));
    logFiles.retireCurrent();
    descriptor = trouble.get("unable to create " + path, () -> logFiles.openToAppend("current"));
    current = trouble.get("unable to stat " + path, () -> files.status(descriptor).identity());
    buffer.startFile();
    publisher.accept(this);
    trouble.retry(
        "unable to set mode of " + path, () -> files.changeMode(descriptor, CURRENT_MODE));
    logFiles.finishPrevious();
  }

  /** Leaves {@code current} as a file that is safely on the disk; everything has been written. */
  void close() {
    String path = logFiles.path("current");
    trouble.retry("unable to write " + path + " to disk", () -> files.synchronize(descriptor));
    trouble.retry(
        "unable to set mode of " + path, () -> files.changeMode(descriptor, LogFiles.SAFE_MODE));
  }
}
