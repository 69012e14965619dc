package djbdns.supervise.tai;

import java.time.Instant;

/**
 * Writes stamps in text form; fast for many in the same second, of which it keeps the text. For use
 * by one thread.
 */
public final class StampWriter {
  private static final int NANOSECONDS_AT = 17;

  private final byte[] text = new byte[Tai64n.TEXT_LENGTH];
  private long second;

  /** A writer that keeps the text of the first second of 1970. */
  public StampWriter() {
    start(Instant.EPOCH);
  }

  private void start(Instant instant) {
    Tai64n.of(instant).writeText(text, 0);
    second = instant.getEpochSecond();
  }

  /** Writes {@value Tai64n#TEXT_LENGTH} bytes. */
  public void write(Instant instant, byte[] target, int at) {
    if (instant.getEpochSecond() != second) {
      start(instant);
    }
    System.arraycopy(text, 0, target, at, NANOSECONDS_AT);
    int nanoseconds = instant.getNano();
    for (int i = at + Tai64n.TEXT_LENGTH - 1; i >= at + NANOSECONDS_AT; i--) {
      target[i] = Tai64n.HEX[nanoseconds & 15];
      nanoseconds >>>= 4;
    }
  }
}
