package djbdns.supervise.multilog;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PatternTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "\"\", \"\", true",
        "\"\", a, false",
        "a, a, true",
        "a, ab, false",
        "ab, a, false",
        "*, \"\", true",
        "*, anything, true",
        "*b, aab, true",
        "*b, aabb, false",
        "*ab, aab, false",
        "*a*, bcad, true",
        "*a*, bcd, false",
        "a*, a, true",
        "+*: *, +word: rest, true",
        "**, a*b, true",
        "**, ab, false",
        "**x, a*bx, true",
        "\"* \", \"a \", true",
        "* b, a b, true"
      })
  void shouldMatchWithoutASecondTry(String pattern, String line, boolean expected) {
    byte[] bytes = (line + "rest").getBytes(StandardCharsets.ISO_8859_1);
    assertEquals(expected, new Pattern(pattern).matches(bytes, line.length()));
  }
}
