package djbdns.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import djbdns.wire.AddressText;
import djbdns.wire.Bytes;
import java.util.List;
import java.util.Optional;
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
    Optional<List<Bytes>> addresses = DottedText.decode(name);
    assertEquals(
        expected,
        addresses
            .map(list -> list.stream().map(AddressText::of).toList().toString())
            .orElse("none"));
  }
}
