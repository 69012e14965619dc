package djbdns.supervise.multilog;

import djbdns.posix.FileIdentity;
import djbdns.supervise.multilog.LineTrace.Place;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * How far all work is done: everything that the lines before a place in the spool have caused is on
 * file, and nothing else is, but for what is behind the recorded sizes.
 *
 * @param position in the spool, of the first byte that is not done with
 * @param line the incomplete line before it
 * @param logs one for each log
 */
record Snapshot(long position, Line line, List<Log> logs) {
  /** So many logs fit into {@link #MAX_ENCODED_BYTES}. */
  static final int MAX_LOGS = 840;

  /** No snapshot is longer when it is encoded. */
  static final int MAX_ENCODED_BYTES = 1 << 16;

  private static final int CHECK_BYTES = Long.BYTES;
  private static final int FIXED_BYTES = CHECK_BYTES + 2 * Long.BYTES + 4 * Integer.BYTES;
  private static final int LOG_BYTES = 9 * Long.BYTES + Integer.BYTES;

  Snapshot {
    logs = List.copyOf(logs);
  }

  /**
   * An incomplete line.
   *
   * @param head what there is of its first 1000 bytes, a character for each; empty when it is
   *     longer, or when there is no incomplete line
   * @param isTail whether it is longer: its head has gone to the logs
   */
  record Line(String head, boolean isTail) {
    static final Line NONE = new Line("", false);
  }

  /**
   * How far a log is.
   *
   * @param directory its directory
   * @param current the file that is being written
   * @param sizeBytes how much of that file counts; what is behind is in the spool still
   * @param place how far it is ahead of {@link Snapshot#position}
   * @param selected whether it gets the rest of the incomplete line, if that is a tail
   */
  record Log(
      FileIdentity directory,
      FileIdentity current,
      long sizeBytes,
      Place place,
      boolean selected) {}

  /** The same but for one log. */
  Snapshot with(int index, Log log) {
    List<Log> changed = new ArrayList<>(logs);
    changed.set(index, log);
    return new Snapshot(position, line, changed);
  }

  /** The same when the bytes that are done with have been removed from the spool. */
  Snapshot at(long newPosition) {
    return new Snapshot(newPosition, line, logs);
  }

  /** The log in a directory. */
  Optional<Log> in(FileIdentity directory) {
    return logs.stream().filter(log -> log.directory().equals(directory)).findFirst();
  }

  /**
   * What {@link #decode} reads: a sequence number says which of two is newer, a check sum whether
   * it is whole.
   */
  byte[] encode(long sequence) {
    byte[] head = line.head().getBytes(StandardCharsets.ISO_8859_1);
    int length = FIXED_BYTES + head.length + LOG_BYTES * logs.size();
    ByteBuffer out = ByteBuffer.allocate(length);
    out.putLong(0).putInt(length).putLong(sequence).putLong(position);
    out.putInt(line.isTail() ? 1 : 0).putInt(head.length).put(head);
    out.putInt(logs.size());
    for (Log log : logs) {
      putIdentity(out, log.directory());
      putIdentity(out, log.current());
      out.putLong(log.sizeBytes()).putLong(log.place().lines()).putLong(log.place().bytes());
      out.putInt(log.selected() ? 1 : 0);
    }
    out.putLong(0, checkSum(out.array(), length));
    return out.array();
  }

  private static void putIdentity(ByteBuffer out, FileIdentity identity) {
    out.putLong(identity.device()).putLong(identity.inode()).putLong(identity.birthNs());
  }

  /** A snapshot and which it is. */
  record Numbered(long sequence, Snapshot snapshot) {}

  /** Reads what starts with an encoded snapshot; empty if that is not whole. */
  static Optional<Numbered> decode(byte[] bytes) {
    if (bytes.length < FIXED_BYTES) {
      return Optional.empty();
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    long check = in.getLong();
    int length = in.getInt();
    if (length < FIXED_BYTES || length > bytes.length || check != checkSum(bytes, length)) {
      return Optional.empty();
    }
    long sequence = in.getLong();
    long position = in.getLong();
    boolean isTail = in.getInt() != 0;
    byte[] head = new byte[in.getInt()];
    in.get(head);
    int count = in.getInt();
    List<Log> logs = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      logs.add(
          new Log(
              getIdentity(in),
              getIdentity(in),
              in.getLong(),
              new Place(in.getLong(), in.getLong()),
              in.getInt() != 0));
    }
    Line line = new Line(new String(head, StandardCharsets.ISO_8859_1), isTail);
    return Optional.of(new Numbered(sequence, new Snapshot(position, line, logs)));
  }

  private static FileIdentity getIdentity(ByteBuffer in) {
    return new FileIdentity(in.getLong(), in.getLong(), in.getLong());
  }

  private static long checkSum(byte[] bytes, int length) {
    CRC32 crc = new CRC32();
    crc.update(bytes, CHECK_BYTES, length - CHECK_BYTES);
    // Not 0 for a slot that was never written.
    return ~crc.getValue();
  }
}
