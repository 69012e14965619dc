package djbdns.wire.text;

import djbdns.wire.Codes;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.Optional;

/**
 * Signature times: 32 bits of seconds since 1970 without leap seconds, as {@code YYYYMMDDHHmmSS} in
 * UTC (RFC 4034, 3.2). The years are 1970 to 2106; how the numbers wrap is up to the validator.
 */
public final class TimeText {
  private static final long MAX_SECONDS = 0xffffffffL;
  private static final int DIGITS = 14;
  private static final String LEAP_SECOND = "60";
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("uuuuMMddHHmmss").withResolverStyle(ResolverStyle.STRICT);

  private TimeText() {}

  public static String of(long seconds) {
    return LocalDateTime.ofEpochSecond(seconds, 0, ZoneOffset.UTC).format(FORMAT);
  }

  /** A date of 14 digits, or a plain number of seconds. */
  public static Optional<Long> parse(String text) {
    return text.length() == DIGITS ? parseDate(text) : Codes.parseDecimal(text, MAX_SECONDS);
  }

  /** A date of 14 digits. A leap second is the second after it, as other servers take it. */
  public static Optional<Long> parseDate(String text) {
    if (text.endsWith(LEAP_SECOND)) {
      String before = text.substring(0, text.length() - LEAP_SECOND.length()) + "59";
      return parseDate(before).filter(seconds -> seconds < MAX_SECONDS).map(seconds -> seconds + 1);
    }
    try {
      long seconds = LocalDateTime.parse(text, FORMAT).toEpochSecond(ZoneOffset.UTC);
      return seconds < 0 || seconds > MAX_SECONDS ? Optional.empty() : Optional.of(seconds);
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
