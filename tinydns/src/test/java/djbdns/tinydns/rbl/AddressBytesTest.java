package djbdns.tinydns.rbl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.wire.AddressText;
import djbdns.wire.Bytes;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class AddressBytesTest {
  private static String text(byte[] address) {
    byte[] out = new byte[2 + AddressBytes.MOST_BYTES];
    int end = AddressBytes.write(address, address.length, out, 2);
    return new String(out, 2, end - 2, StandardCharsets.US_ASCII);
  }

  @Property
  void shouldWriteIpv4AsAddressTextDoes(@ForAll @Size(4) byte[] address) {
    assertEquals(AddressText.of(Bytes.of(address.clone())), text(address));
  }

  @Property
  void shouldWriteIpv6AsAddressTextDoes(
      @ForAll @Size(16) byte[] address, @ForAll @IntRange(max = 255) int zeroGroups) {
    for (int group = 0; group < 8; group++) {
      if ((zeroGroups >> group & 1) != 0) {
        address[2 * group] = 0;
        address[2 * group + 1] = 0;
      }
    }
    String expected = AddressText.of(Bytes.of(address.clone()));
    assertTrue(expected.contains(".") || expected.equals(text(address)), expected);
  }
}
