package djbdns.supervise.status;

import djbdns.supervise.tai.Tai64n;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * The file supervise/status, as supervise.c writes it and svstat.c reads it:
 *
 * <pre>
 *  0                             12          16       17     18
 * +------------------------------+-----------+--------+------+
 * | since: TAI64N, packed        | pid, LSB  | paused | want |
 * |                              | first     | 0 or 1 | u d 0|
 * +------------------------------+-----------+--------+------+
 * </pre>
 *
 * @param since the time when the service last came up or went down
 * @param pid of the program run; 0 if it is down
 * @param want {@code u}, {@code d}, or 0 for neither
 */
public record StatusRecord(Tai64n since, int pid, boolean paused, char want) {
  public static final int BYTES = 18;

  private static final int PID = 12;
  private static final int PAUSED = 16;
  private static final int WANT = 17;

  public byte[] pack() {
    byte[] bytes = new byte[BYTES];
    since.pack(bytes);
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(PID, pid);
    bytes[PAUSED] = (byte) (paused ? 1 : 0);
    bytes[WANT] = (byte) want;
    return bytes;
  }

  /** Reads the first 18 bytes, to which other supervisors append; empty if there are fewer. */
  public static Optional<StatusRecord> unpack(byte[] bytes) {
    if (bytes.length < BYTES) {
      return Optional.empty();
    }
    int pid = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(PID);
    return Optional.of(
        new StatusRecord(
            Tai64n.unpack(bytes), pid, bytes[PAUSED] != 0, (char) (bytes[WANT] & 0xff)));
  }
}
