package djbdns.supervise.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SoftlimitTest {
  @Test
  void shouldReadNumbersAsTheOriginal() {
    assertEquals(OptionalLong.of(0), Softlimit.parse(""));
    assertEquals(OptionalLong.of(250), Softlimit.parse("0250"));
    assertEquals(OptionalLong.of(-1), Softlimit.parse("18446744073709551615"));
    assertEquals(OptionalLong.of(1), Softlimit.parse("18446744073709551617"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "+1", " 1", "1 ", "0x10", "1k", "unlimited", "=1", "\u0661"})
  void shouldTakeNothingButDigits(String text) {
    assertEquals(OptionalLong.empty(), Softlimit.parse(text));
  }
}
