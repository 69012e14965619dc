package djbdns.dnscache.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SipHashTest {
  /** What CPython 3.11 says with PYTHONHASHSEED=0, which makes its key zero. */
  @ParameterizedTest
  @CsvSource({
    "a, 407448d2b89b1813",
    "1234567, a33d651594fdae81",
    "12345678, 3489982430560a87",
    "123456789, 0fbc0f0007965fcf",
    "abcdefghijklmnopqrstuvwxyz0123456789, fe9ee02c60cec362"
  })
  void shouldHashAsPythonDoes(String text, String hash) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    assertEquals(
        Long.parseUnsignedLong(hash, 16), new SipHash(0, 0).hash(bytes, bytes.length), text);
    assertNotEquals(
        new SipHash(0, 1).hash(bytes, bytes.length), new SipHash(0, 0).hash(bytes, bytes.length));
  }
}
