package djbdns.supervise.filter;

import djbdns.posix.LocalTime;
import djbdns.posix.PosixException;
import djbdns.supervise.tai.Tai64n;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Replaces {@code @} and hexadecimal digits at the start of a line by the local time that they mean
 * (tai64nlocal.c). There may be any number of digits: the last eight are nanoseconds and the
 * sixteen before them seconds. The digits end at the first byte that is not one; a capital letter
 * is not one. Digits at the end of the input are dropped. A time whose year has no number stays as
 * it is; the original crashes at it.
 *
 * <p>For use by one thread.
 */
final class StampReader implements Transformer {
  /** Converts seconds since 1970. */
  @FunctionalInterface
  interface Calendar {
    /** The local time; empty if the year does not fit. */
    Optional<LocalTime> local(long unixSeconds) throws PosixException;
  }

  private enum State {
    /** The next byte is the first of a line. */
    LINE_START,
    /** Within a stamp. */
    STAMP,
    /** After the stamp, or in a line without one. */
    TEXT
  }

  /** More bytes than a time has: the year has at most 20 digits. */
  private static final int TIME_BYTES = 64;

  private final Calendar calendar;
  private byte[] output = new byte[1 << 17];
  private int length;
  private State state = State.LINE_START;
  private long seconds;
  private int nanoseconds;
  private int digits;

  /** The date and the time up to the dot for {@link #knownSeconds}: most stamps share it. */
  private byte[] known = new byte[0];

  private long knownSeconds;

  StampReader(Calendar calendar) {
    this.calendar = calendar;
  }

  @Override
  public void accept(byte[] input, int inputLength) throws PosixException {
    for (int i = 0; i < inputLength; i++) {
      byte value = input[i];
      switch (state) {
        case LINE_START -> {
          if (value == '@') {
            state = State.STAMP;
            seconds = 0;
            nanoseconds = 0;
            digits = 0;
          } else {
            putText(value);
          }
        }
        case STAMP -> {
          int digit = digit(value);
          if (digit >= 0) {
            seconds = seconds << 4 | nanoseconds >>> 28;
            nanoseconds = nanoseconds << 4 | digit;
            digits++;
          } else {
            putTime();
            putText(value);
          }
        }
        case TEXT -> putText(value);
      }
    }
  }

  private static int digit(byte value) {
    if (value >= '0' && value <= '9') {
      return value - '0';
    }
    return value >= 'a' && value <= 'f' ? value - 'a' + 10 : -1;
  }

  private void putText(byte value) {
    makeRoom();
    output[length] = value;
    length++;
    state = value == '\n' ? State.LINE_START : State.TEXT;
  }

  private void putTime() throws PosixException {
    long unixSeconds = Tai64n.unixSeconds(seconds);
    if (known.length == 0 || unixSeconds != knownSeconds) {
      known =
          calendar
              .local(unixSeconds)
              .map(StampReader::text)
              .orElse("")
              .getBytes(StandardCharsets.US_ASCII);
      knownSeconds = unixSeconds;
    }
    makeRoom();
    if (known.length == 0) {
      putUnchanged();
      return;
    }
    System.arraycopy(known, 0, output, length, known.length);
    length += known.length;
    putNanoseconds();
  }

  private static String text(LocalTime time) {
    return "%s-%02d-%02d %02d:%02d:%02d."
        .formatted(
            Long.toUnsignedString(time.year()),
            time.month(),
            time.day(),
            time.hour(),
            time.minute(),
            time.second());
  }

  /** The digits again, but only the last 24 of more. */
  private void putUnchanged() {
    String all = new Tai64n(seconds, nanoseconds).toString().substring(1);
    String shown = "@" + all.substring(Math.max(0, all.length() - digits));
    byte[] bytes = shown.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, output, length, bytes.length);
    length += bytes.length;
  }

  /** Nine digits, or ten for a value that is no number of nanoseconds. */
  private void putNanoseconds() {
    long value = Integer.toUnsignedLong(nanoseconds);
    int width = value >= 1_000_000_000 ? 10 : 9;
    for (int at = length + width - 1; at >= length; at--) {
      output[at] = (byte) ('0' + value % 10);
      value /= 10;
    }
    length += width;
  }

  private void makeRoom() {
    if (output.length - length < TIME_BYTES) {
      output = Arrays.copyOf(output, 2 * output.length);
    }
  }

  @Override
  public byte[] output() {
    return output;
  }

  @Override
  public int takeLength() {
    int taken = length;
    length = 0;
    return taken;
  }
}
