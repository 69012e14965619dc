package djbdns.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import djbdns.wire.AddressText;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ReverseNameTest {
  @ParameterizedTest
  @CsvSource({
    "192.0.2.255, 255.2.0.192.in-addr.arpa",
    "2001:db8::a1," + " 1.a.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa",
  })
  void shouldTurnAddressesAround(String address, String name) {
    assertEquals(name, ReverseName.of(AddressText.parse(address).orElseThrow()).toString());
  }
}
