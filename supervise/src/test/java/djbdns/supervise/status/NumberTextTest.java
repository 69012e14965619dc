package djbdns.supervise.status;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NumberTextTest {
  @ParameterizedTest
  @CsvSource({"3, 3", "'255\n', 255", "' 5 ', 5", "0005, 5"})
  void shouldReadNumbers(String text, long expected) {
    assertEquals(Optional.of(expected), NumberText.parse(text, 3, 255));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "2", "256", "-3", "+3", "3 4", "three", "3x", "9999999999999999999"})
  void shouldRefuseWhatIsNoNumberInBounds(String text) {
    assertEquals(Optional.empty(), NumberText.parse(text, 3, 255));
  }
}
