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
 * The progress of all logs: the files hold all output for the lines before a position in the spool,
 * and behind the recorded sizes perhaps more.
 *
 * @param position in the spool, of the first byte that is not processed
 * @param line the incomplete line before it
 * @param logs one for each log
 */
record Snapshot(long position, Line line, List<Log> logs) {
  /** The number of logs that fit into {@link #MAX_ENCODED_BYTES}. */
  static final int MAX_LOGS = 840;

  /** The most bytes of an encoded snapshot. */
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
   * @param head its first bytes, at most 1000, a character for each; empty when it is longer, or
   *     when there is no incomplete line
   * @param isTail true if it is longer: the logs have got its head
   */
  record Line(String head, boolean isTail) {
    static final Line NONE = new Line("", false);
  }

  /**
   * The progress of a log.
   *
   * @param directory its directory
   * @param current the file that is being written
   * @param sizeBytes the part of that file that counts; the data behind it is still in the spool
   * @param place its distance ahead of {@link Snapshot#position}
   * @param selected true if it gets the rest of the incomplete line, if that is a tail
   */
  record Log(
      FileIdentity directory,
      FileIdentity current,
      long sizeBytes,
      Place place,
      boolean selected) {}

  /** This snapshot with another entry for one log. */
  Snapshot with(int index, Log log) {
    List<Log> changed = new ArrayList<>(logs);
    changed.set(index, log);
    return new Snapshot(position, line, changed);
  }

  /** This snapshot after the processed bytes have been removed from the spool. */
  Snapshot at(long newPosition) {
    return new Snapshot(newPosition, line, logs);
  }

  /** The log in a directory. */
  Optional<Log> in(FileIdentity directory) {
    return logs.stream().filter(log -> log.directory().equals(directory)).findFirst();
  }

  /**
   * Encodes for {@link #decode}, with a sequence number that tells the newer one of two, and a
   * check sum.
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

  /** A snapshot and its sequence number. */
  record Numbered(long sequence, Snapshot snapshot) {}

  /** Reads an encoded snapshot at the start of an array; empty if the check sum is wrong. */
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
    // So that a slot that was never written has a wrong one.
    return ~crc.getValue();
  }
}
