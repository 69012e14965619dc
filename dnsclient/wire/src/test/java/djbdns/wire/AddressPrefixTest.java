package djbdns.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressPrefixTest {
  @ParameterizedTest
  @CsvSource({
    "2001:DB8::1/32, 2001:db8::/32",
    "2001:db8::1, 2001:db8::1/128",
    "::/0, ::/0",
    "192.0.2.255/25, 192.0.2.128/25",
    "192.0.2.1, 192.0.2.1/32",
    "255.255.255.255/0, 0.0.0.0/0"
  })
  void shouldReadAndPrintBlocks(String text, String printed) {
    assertEquals(printed, AddressPrefix.parse(text).orElseThrow().toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "/", "1.2.3.4/", "1.2.3.4/33", "1.2.3/24", "::/129", "::/-1", "::/1 "})
  void shouldRefuseAnythingElse(String text) {
    assertEquals(Optional.empty(), AddressPrefix.parse(text));
  }

  @Property
  void shouldKeepExactlyTheFirstBits(
      @ForAll @Size(16) byte[] address, @ForAll @IntRange(max = 128) int bits) {
    byte[] kept = new AddressPrefix(Bytes.of(address.clone()), bits).address().toArray();
    BigInteger expected = new BigInteger(1, address).shiftRight(128 - bits).shiftLeft(128 - bits);
    assertEquals(expected, new BigInteger(1, kept));
  }

  @Test
  void shouldKnowMappedAddresses() {
    assertEquals(true, AddressPrefix.parse("::ffff:1.2.3.4").orElseThrow().isMappedIpv4());
    assertEquals(true, AddressPrefix.parse("::ffff:0:0/96").orElseThrow().isMappedIpv4());
    assertEquals(false, AddressPrefix.parse("::ffff:0:0/95").orElseThrow().isMappedIpv4());
    assertEquals(false, AddressPrefix.parse("::fffe:0:0").orElseThrow().isMappedIpv4());
    assertEquals(false, AddressPrefix.parse("1.2.3.4").orElseThrow().isMappedIpv4());
  }

  @Test
  void shouldRefuseImpossibleLengths() {
    Bytes address = Bytes.of(new byte[4]);
    assertThrows(IllegalArgumentException.class, () -> new AddressPrefix(address, 33));
    assertThrows(IllegalArgumentException.class, () -> new AddressPrefix(address, -1));
  }
}
