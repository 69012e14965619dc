package djbdns.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ServerAddressTest {
  @ParameterizedTest
  @CsvSource({
    "1.2.3.4, 1.2.3.4",
    "1.2.3.4:53, 1.2.3.4",
    "1.2.3.4:5300, 1.2.3.4:5300",
    "::1, ::1",
    "[::1], ::1",
    "[::1]:5300, [::1]:5300",
    "'::', '::'",
    "2001:DB8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
    "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
    "::ffff:10.1.2.3, ::ffff:10.1.2.3",
    "1::, '1::'",
    "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0",
    "fe80::1:2, fe80::1:2",
  })
  void shouldReadAndWriteAddresses(String text, String canonical) {
    assertEquals(canonical, ServerAddress.parse(text).map(ServerAddress::toString).orElse("none"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":",
        "1",
        "1.2.3",
        "1.2.3.4.5",
        "1.2.3.256",
        "1.2.3.",
        ".1.2.3",
        "1.2.3.4:",
        "1.2.3.4:0",
        "1.2.3.4:65536",
        "1.2.3.4:x",
        "1.2.3.4 ",
        "[1.2.3.4]",
        "[::1",
        "[::1]x",
        "[::1]:",
        ":::",
        "1::2::3",
        "::12345",
        "::g",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "1:2:3:4:5:6:7:8::",
        "::1:",
        ":1::",
        "1:",
        "::1.2.3",
        "1.2.3.4::",
        "::\u0661",
        "host:53",
      })
  void shouldRefuseWhatIsNoAddress(String text) {
    assertEquals("none", ServerAddress.parse(text).map(ServerAddress::toString).orElse("none"));
  }

  @Test
  void shouldReadListsWholeOrNotAtAll() {
    assertEquals(
        "[1.2.3.4, 1.2.3.5:5300, ::1]",
        ServerAddress.parseList(" 1.2.3.4,1.2.3.5:5300 , ::1").toString());
    assertEquals(List.of(), ServerAddress.parseList("1.2.3.4,x"));
    assertEquals(List.of(), ServerAddress.parseList(""));
  }

  @Test
  void shouldRefuseImpossibleParts() {
    assertThrows(IllegalArgumentException.class, () -> new ServerAddress(new byte[5], 53));
    assertThrows(IllegalArgumentException.class, () -> new ServerAddress(new byte[4], 0));
    assertThrows(IllegalArgumentException.class, () -> new ServerAddress(new byte[4], 65536));
  }

  @Property(tries = 500)
  void shouldReadBackWhatItWrites(
      @ForAll @Size(16) byte[] bytes,
      @ForAll boolean ipv6,
      @ForAll @IntRange(min = 1, max = 65535) int port,
      @ForAll @IntRange(max = 0xffff) int zeros) {
    byte[] address = Arrays.copyOf(bytes, ipv6 ? 16 : 4);
    for (int i = 0; i < address.length; i++) {
      address[i] = (zeros >> i & 1) == 1 ? 0 : address[i];
    }
    ServerAddress written = new ServerAddress(address, port);
    assertEquals(List.of(written), ServerAddress.parse(written.toString()).stream().toList());
  }
}
