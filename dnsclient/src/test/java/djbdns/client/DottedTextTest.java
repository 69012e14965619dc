package djbdns.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DottedTextTest {
  @ParameterizedTest
  @CsvSource({
    "1.2.3.4, [1.2.3.4]",
    "1.2.3.4.5.6.7.8, '[1.2.3.4, 5.6.7.8]'",
    "1.2.3.4.5, [1.2.3.4]",
    "[1.2.3.4], [1.2.3.4]",
    "1[2.3].4.5, [12.3.4.5]",
    "1..2.3, [1.0.2.3]",
    "1.2.3., [1.2.3.0]",
    "..., [0.0.0.0]",
    "127.555.0.1, [127.43.0.1]",
    "99999999999.0.0.1, [255.0.0.1]",
    "1.2.3, []",
    "'', []",
    "1.2.3.x, none",
    "1.2.3.-4, none",
  })
  void shouldDecodeNumericNames(String name, String expected) {
    assertEquals(expected, DottedText.decode(name).map(Object::toString).orElse("none"));
  }
}
