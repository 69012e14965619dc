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
    "255.0.255.0, [255.0.255.0]",
    "127.256.0.1, []",
    "99999999999.0.0.1, []",
    "1.2.3.4.5.6.7.300, []",
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

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1, 192.0.2.1",
    "010.0.01.001, 10.0.1.1, 10.0.1.1",
    "192.0.2.1x, 192.0.2.1, none",
    "192.0.2.1.5, 192.0.2.1, none",
    "192.0.2.300, none, none",
    "192.0.2.99999999999, none, none",
    "4294967297.0.0.1, none, none",
    "1.2.3, none, none",
    "1.2.3., none, none",
    "x, none, none",
    "'', none, none"
  })
  void shouldReadAddressesAtTheStartAndWhole(String text, String atStart, String whole) {
    assertEquals(atStart, DottedText.scan(text).map(AddressText::of).orElse("none"));
    assertEquals(whole, DottedText.parse(text).map(AddressText::of).orElse("none"));
  }
}
