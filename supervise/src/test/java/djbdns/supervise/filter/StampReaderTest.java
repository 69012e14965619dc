package djbdns.supervise.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import djbdns.posix.LocalTime;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StampReaderTest {
  private static Optional<LocalTime> utc(long unixSeconds) {
    LocalDateTime time = LocalDateTime.ofEpochSecond(unixSeconds, 0, ZoneOffset.UTC);
    return Optional.of(
        new LocalTime(
            time.getYear(),
            time.getMonthValue(),
            time.getDayOfMonth(),
            time.getHour(),
            time.getMinute(),
            time.getSecond()));
  }

  private static String read(String text, int chunk) throws IOException {
    StampReader reader = new StampReader(StampReaderTest::utc);
    StringBuilder all = new StringBuilder();
    for (int at = 0; at < text.length(); at += chunk) {
      String part = text.substring(at, Math.min(text.length(), at + chunk));
      reader.accept(part.getBytes(StandardCharsets.ISO_8859_1), part.length());
      int length = reader.takeLength();
      all.append(new String(reader.output(), 0, length, StandardCharsets.ISO_8859_1));
    }
    return all.toString();
  }

  @ParameterizedTest
  @CsvSource({
    "@4000000037c219bf2ef02e94 x, 1999-08-24 04:04:05.787492500 x",
    "@4000000037c219bf00000000 x, 1999-08-24 04:04:05.000000000 x",
    "@4000000037c219bfffffffff x, 1999-08-24 04:04:05.4294967295 x",
    "ff4000000037c219bf2ef02e94 x, ff4000000037c219bf2ef02e94 x",
    "@ff4000000037c219bf2ef02e94 x, 1999-08-24 04:04:05.787492500 x",
    "x@4000000037c219bf2ef02e94, x@4000000037c219bf2ef02e94"
  })
  void shouldReplaceStampsAtTheStartOfLines(String line, String expected) throws IOException {
    for (int chunk = 1; chunk < 40; chunk++) {
      assertEquals(expected + "\n\n" + expected + "\n", read(line + "\n\n" + line + "\n", chunk));
    }
  }

  @Test
  void shouldDropDigitsThatTheInputEndsIn() throws IOException {
    assertEquals("a\n", read("a\n@4000000037c219bf", 100));
  }

  @Test
  void shouldLeaveStampsWithoutAYearAlone() throws IOException {
    String lines = "@\n@ a\n@x\n@cafe\n@4000000037c219bf\n@4000000037C219BF2EF02E94\n";
    StampReader reader = new StampReader(_ -> Optional.empty());
    reader.accept(lines.getBytes(StandardCharsets.ISO_8859_1), lines.length());
    int length = reader.takeLength();
    assertEquals(lines, new String(reader.output(), 0, length, StandardCharsets.ISO_8859_1));
  }

  @Test
  void shouldLeaveOtherBytesAlone() throws IOException {
    byte[] bytes = new byte[100_000];
    new Random(1).nextBytes(bytes);
    String text = "x" + new String(bytes, StandardCharsets.ISO_8859_1).replace('@', 'a');
    assertEquals(text, read(text, 65536));
  }
}
