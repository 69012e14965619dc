package djbdns.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressTextTest {
  /** RFC 5952, sections 4 and 5, and the forms of RFC 4291, 2.2. */
  @ParameterizedTest
  @CsvSource({
    "2001:0db8::0001, 2001:db8::1",
    "2001:db8:0:0:0:0:2:1, 2001:db8::2:1",
    "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
    "2001:db8::1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
    "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
    "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
    "2001:DB8::ABCD, 2001:db8::abcd",
    "::, ::",
    "0:0:0:0:0:0:0:0, ::",
    "::1, ::1",
    "1::, 1::",
    "::2:3:4:5:6:7:8, 0:2:3:4:5:6:7:8",
    "::13.1.68.3, ::d01:4403",
    "::ffff:129.144.52.38, ::ffff:129.144.52.38",
    "64:ff9b::192.0.2.33, 64:ff9b::c000:221",
    "1:2:3:4:5:6:1.2.3.4, 1:2:3:4:5:6:102:304",
    "ff02::, ff02::"
  })
  void shouldWriteIpv6InTheRecommendedForm(String text, String written) {
    Optional<Bytes> address = AddressText.parseIpv6(text);
    assertEquals(Optional.of(written), address.map(AddressText::ofIpv6));
  }

  @Property(tries = 500)
  void shouldReadBackWhatItWrites(@ForAll @Size(16) byte[] ipv6, @ForAll @Size(4) byte[] ipv4) {
    Bytes six = Bytes.of(ipv6);
    Bytes four = Bytes.of(ipv4);
    assertEquals(Optional.of(six), AddressText.parseIpv6(AddressText.ofIpv6(six)));
    assertEquals(Optional.of(four), AddressText.parseIpv4(AddressText.ofIpv4(four)));
  }

  @Property(tries = 300)
  void shouldTakeAnyText(@ForAll String text) {
    AddressText.parseIpv4(text);
    AddressText.parseIpv6(text);
  }
}
