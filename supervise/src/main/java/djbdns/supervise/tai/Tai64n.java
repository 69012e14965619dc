package djbdns.supervise.tai;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/**
 * A time as daemontools write it (tai.h, taia.h): 8 bytes of seconds and 4 bytes of nanoseconds,
 * most significant first, or {@code @} and these bytes in hexadecimal. The seconds are
 * 2<sup>62</sup> + 10 + seconds since 1970; later leap seconds do not count.
 *
 * @param seconds the label as it is stored
 * @param nanoseconds below 1,000,000,000 in stamps that this suite writes; any value in those that
 *     it reads
 */
public record Tai64n(long seconds, int nanoseconds) {
  /** Bytes of the packed form. */
  public static final int PACKED_BYTES = 12;

  /** Characters of the text form. */
  public static final int TEXT_LENGTH = 25;

  private static final long EPOCH = (1L << 62) + 10;
  static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  public static Tai64n of(Instant instant) {
    return new Tai64n(EPOCH + instant.getEpochSecond(), instant.getNano());
  }

  /** Seconds since 1970 of a label. */
  public static long unixSeconds(long seconds) {
    return seconds - EPOCH;
  }

  /** The moment; seconds since 1970 that Java's clocks cannot show end at its limits. */
  public Instant instant() {
    long unixSeconds =
        Math.clamp(
            unixSeconds(seconds), Instant.MIN.getEpochSecond(), Instant.MAX.getEpochSecond() - 5);
    return Instant.ofEpochSecond(unixSeconds, Integer.toUnsignedLong(nanoseconds));
  }

  /** Reads the packed form in the first 12 bytes. */
  public static Tai64n unpack(byte[] packed) {
    ByteBuffer in = ByteBuffer.wrap(packed);
    return new Tai64n(in.getLong(), in.getInt());
  }

  /** Writes the packed form to the first 12 bytes. */
  public void pack(byte[] target) {
    ByteBuffer.wrap(target).putLong(seconds).putInt(nanoseconds);
  }

  /** Writes the text form, {@value #TEXT_LENGTH} bytes. */
  public void writeText(byte[] target, int at) {
    target[at] = '@';
    for (int i = 0; i < 16; i++) {
      target[at + 1 + i] = HEX[(int) (seconds >>> (60 - 4 * i)) & 15];
    }
    for (int i = 0; i < 8; i++) {
      target[at + 17 + i] = HEX[(nanoseconds >>> (28 - 4 * i)) & 15];
    }
  }

  /** The text form, such as {@code @4000000037c219bf2ef02e94}. */
  @Override
  public String toString() {
    byte[] text = new byte[TEXT_LENGTH];
    writeText(text, 0);
    return new String(text, StandardCharsets.US_ASCII);
  }

  /** Reads the text form; empty if it is not one. */
  public static Optional<Tai64n> parse(String text) {
    if (text.length() != TEXT_LENGTH || text.charAt(0) != '@') {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Tai64n(
              Long.parseUnsignedLong(text, 1, 17, 16),
              Integer.parseUnsignedInt(text, 17, TEXT_LENGTH, 16)));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
